import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grades } from '../model/item.ts';
import { badVerdicts, compareCopy, type FoundCopy, type RecordedCopy } from './compare-copy.ts';

const copy: RecordedCopy = {
  kind: 'file',
  name: 'a.txt',
  parent: 'folder',
  tag: 'v1',
  size: 5,
  modified: 1_000_400,
  grade: 'identical',
  sentHash: 'h',
};
const found: FoundCopy = {
  kind: 'file',
  name: 'a.txt',
  parent: 'folder',
  tag: 'v1',
  size: 5,
  modified: 1_000_000,
  hash: 'h',
};
const later = 9_000_000;

describe('a copy compared with the listing', () => {
  it.each<[string, Partial<RecordedCopy>, Partial<FoundCopy>, ReturnType<typeof compareCopy>['verdict']]>([
    ['nothing changed', {}, {}, 'identical'],
    ['a column was filled in', {}, { tag: 'v2', modified: later }, 'identical'],
    ['another hash came with the same tag', {}, { hash: 'x' }, 'differs'],
    ['another size came with the same tag', {}, { size: 6, hash: 'x' }, 'differs'],
    ['somebody edited it', {}, { tag: 'v2', size: 6, hash: 'x', modified: later }, 'changed'],
    ['somebody edited it, to the same length', {}, { tag: 'v2', hash: 'x', modified: later }, 'changed'],
    ['the bytes changed and the time did not', {}, { tag: 'v2', hash: 'x' }, 'differs'],
    ['an Office file was rewritten', { name: 'a.docx' }, { size: 9, hash: 'x' }, 'rewritten'],
    ['an Office file was rewritten late', { name: 'a.docx' }, { tag: 'v2', size: 9, hash: 'x' }, 'rewritten'],
    [
      'an Office file was edited',
      { name: 'a.docx' },
      { tag: 'v2', size: 9, hash: 'x', modified: later },
      'changed',
    ],
    ['the hash is missing, the tag the same', {}, { hash: undefined }, 'identical'],
    ['the hash is missing, the tag another', {}, { hash: undefined, tag: 'v2' }, 'size-equal'],
    [
      'the hash is missing, tag and time others',
      {},
      { hash: undefined, tag: 'v2', modified: later },
      'changed',
    ],
    ['the hash is missing, another size', {}, { hash: undefined, size: 6 }, 'differs'],
    ['it was never sent', { sentHash: undefined, grade: 'size-equal' }, {}, 'size-equal'],
    ['it was there before', { sentHash: undefined, grade: 'present' }, {}, 'present'],
    ['a folder is there', { kind: 'folder', tag: undefined }, { kind: 'folder', modified: later }, 'present'],
    ['a folder stands where a file was', {}, { kind: 'folder' }, 'changed'],
  ])('%s', (_, was, is, verdict) => {
    expect(compareCopy({ ...copy, ...was }, { ...found, name: was.name ?? 'a.txt', ...is }).verdict).toBe(
      verdict,
    );
  });

  it('is moved by another name or another folder, and touched by another tag alone', () => {
    expect(compareCopy(copy, { ...found, name: 'b.txt', tag: 'v2' })).toEqual({
      verdict: 'identical',
      moved: true,
      touched: false,
    });
    expect(compareCopy(copy, { ...found, parent: 'other' }).moved).toBe(true);
    expect(compareCopy({ ...copy, parent: undefined }, { ...found, parent: 'other' }).moved).toBe(false);
    expect(compareCopy(copy, { ...found, tag: 'v2' })).toMatchObject({ moved: false, touched: true });
  });

  it('law: identical is said only of the same size with the same hash, or of the same tag with no hash to compare', () => {
    const part = fc.constantFrom('v1', 'v2');
    const hash = fc.constantFrom('h', 'x', undefined);
    const time = fc.constantFrom(0, later);
    fc.assert(
      fc.property(
        fc.record({ size: fc.nat(3), modified: time, tag: part, hash }),
        fc.record({
          size: fc.nat(3),
          modified: time,
          sentHash: hash,
          grade: fc.constantFrom(...grades, undefined),
          name: fc.constantFrom('a.txt', 'a.docx'),
        }),
        (is, was) => {
          const recorded = { ...copy, ...was };
          const there = { ...found, ...is, name: was.name };
          const { verdict } = compareCopy(recorded, there);
          const proved = is.hash !== undefined && was.sentHash === is.hash && was.size === is.size;
          const untouched = is.tag === copy.tag && was.size === is.size && was.grade === 'identical';
          if (verdict === 'identical') expect(proved || untouched).toBe(true);
          if (proved) expect(verdict).toBe('identical');
          if (is.size !== was.size && was.name === 'a.txt') expect(badVerdicts.has(verdict)).toBe(true);
        },
      ),
    );
  });
});
