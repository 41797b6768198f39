import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Filters, noFilters } from '../model/filters.ts';
import { compileFilters, type FilterEntry } from './filters.ts';

const DAY = 86_400_000;
const T = Date.UTC(2021, 5, 1);

function file(name: string, more: Partial<FilterEntry> = {}): FilterEntry {
  const facts = { size: 1_000, modified: T, created: T, hidden: false, offline: false };
  return { name, kind: 'file', ...facts, ...more };
}
const folder = (name: string, more: Partial<FilterEntry> = {}) =>
  file(name, { kind: 'folder', size: 0, ...more });

function said(filters: Partial<Filters>, entry: FilterEntry, path = ''): string {
  return compileFilters({ ...noFilters, ...filters })?.(entry, path) ?? 'through';
}

describe('filters', () => {
  it('are no function at all where nothing is set', () => {
    expect(compileFilters(noFilters)).toBeUndefined();
    expect(compileFilters({ ...noFilters, listFolders: true })).toBeUndefined();
  });

  it.each<[string, Partial<Filters>, FilterEntry, string]>([
    ['changed at that very time', { modifiedFrom: T }, file('a'), 'through'],
    ['changed before', { modifiedFrom: T + 1 }, file('a'), 'modified-left-out'],
    ['changed at the end of the range', { modifiedBefore: T }, file('a'), 'modified-left-out'],
    ['changed just before the end', { modifiedBefore: T + 0.5 }, file('a'), 'through'],
    ['created too early', { createdFrom: T + DAY }, file('a'), 'created-left-out'],
    ['created too late', { createdBefore: T - DAY }, file('a'), 'created-left-out'],
    ['just small enough', { maxBytes: 1_000 }, file('a'), 'through'],
    ['too large', { maxBytes: 999 }, file('a'), 'size-left-out'],
    ['just large enough', { minBytes: 1_000 }, file('a'), 'through'],
    ['too small', { minBytes: 1_001 }, file('a'), 'size-left-out'],
    ['an empty file and no least size', { minBytes: 0 }, file('a', { size: 0 }), 'through'],
    ['an extension that is wanted', { onlyExtensions: ['PDF', '*.docx'] }, file('A.Docx'), 'through'],
    ['one that is not', { onlyExtensions: ['pdf'] }, file('a.pdfx'), 'extension-left-out'],
    ['one that is left out', { skipExtensions: ['.mp4'] }, file('a.MP4'), 'extension-left-out'],
    ['a name that ends like it', { skipExtensions: ['mp4'] }, file('mp4'), 'through'],
    ['a name that is only it', { skipExtensions: ['mp4'] }, file('.mp4'), 'through'],
    ['two extensions at once', { skipExtensions: ['tar.gz'] }, file('a.tar.gz'), 'extension-left-out'],
    ['the last of two', { skipExtensions: ['gz'] }, file('a.tar.gz'), 'extension-left-out'],
    ['no extension', { skipExtensions: ['.'] }, file('README'), 'extension-left-out'],
    ['some, where none is left out', { skipExtensions: ['.'] }, file('README.md'), 'through'],
    [
      'wanted and left out',
      { onlyExtensions: ['a'], skipExtensions: ['a'] },
      file('x.a'),
      'extension-left-out',
    ],
    ['a name that is wanted', { onlyNames: ['*2019*', '*2020*'] }, file('plan 2020.txt'), 'through'],
    ['one that is not', { onlyNames: ['*2019*'] }, file('plan 2020.txt'), 'name-left-out'],
    ['one that is left out', { skipNames: ['~*', '*.bak'] }, file('A.BAK'), 'name-left-out'],
    ['hidden', { skipHidden: true }, file('a', { hidden: true }), 'hidden-left-out'],
    ['offline', { skipOffline: true }, file('a', { offline: true }), 'offline-left-out'],
    ['not examined, by its name', { skipNames: ['a'] }, file('a', { problem: 'x' }), 'name-left-out'],
    ['not examined, by what is not known', { minBytes: 5 }, file('a', { size: 0, problem: 'x' }), 'through'],
  ])('%s', (_, filters, entry, verdict) => {
    expect(said(filters, entry)).toBe(verdict);
  });

  it.each<[string, string, string, boolean]>([
    ['archive', 'a/b', 'ARCHIVE', true],
    ['archive', 'a/b', 'archives', false],
    ['archive*', 'a/b', 'archives', true],
    ['archive/', 'a/b', 'archive', true],
    ['/archive', '', 'archive', true],
    ['/archive', 'a', 'archive', false],
    ['\\archive', '', 'archive', true],
    ['Old/2019', 'old', '2019', true],
    ['Old\\2019\\', 'OLD', '2019', true],
    ['Old/2019', '', '2019', false],
    ['Old/2019', 'x/old', '2019', false],
    ['*/2019', 'any', '2019', true],
    ['*/2019', 'any/other', '2019', false],
    ['./a', '', 'a', true],
  ])('the folder %j in %j by the name %j: %s', (pattern, path, name, leftOut) => {
    expect(said({ skipFolders: [pattern] }, folder(name), path) !== 'through').toBe(leftOut);
  });

  it('leave folders alone that may hold what is wanted, and files that are called as a folder', () => {
    const strict: Partial<Filters> = {
      ...{ minBytes: 5, modifiedFrom: T + 1, createdBefore: T, onlyExtensions: ['x'], onlyNames: ['x'] },
      ...{ skipNames: ['*'], skipOffline: true },
    };
    expect(said(strict, folder('f', { offline: true }))).toBe('through');
    expect(said({ skipFolders: ['f', '/f'] }, file('f'))).toBe('through');
    expect(said({ skipHidden: true }, folder('f', { hidden: true }))).toBe('hidden-left-out');
  });

  const parts: fc.Arbitrary<Partial<Filters>>[] = [
    fc.record({ skipFolders: fc.subarray(['a*', '/b', 'x/a.x']) }),
    fc.record({ onlyNames: fc.subarray(['a*', '*.x', '?.?']), skipNames: fc.subarray(['b*', '*.y']) }),
    fc.record({ onlyExtensions: fc.subarray(['x', 'y', '.']), skipExtensions: fc.subarray(['y', '.']) }),
    fc.record({ skipHidden: fc.boolean() }),
    fc.record({ skipOffline: fc.boolean() }),
    fc.record({ minBytes: fc.constantFrom(null, 1, 3), maxBytes: fc.constantFrom(null, 2, 4) }),
    fc.record({ createdFrom: fc.constantFrom(null, 1, 3), createdBefore: fc.constantFrom(null, 2, 4) }),
    fc.record({ modifiedFrom: fc.constantFrom(null, 1, 3), modifiedBefore: fc.constantFrom(null, 2, 4) }),
  ];
  const entries: fc.Arbitrary<FilterEntry> = fc.record({
    name: fc.constantFrom('a', 'a.x', 'B.Y', 'c.d.X', '.y'),
    kind: fc.constantFrom('file', 'folder'),
    size: fc.integer({ min: 0, max: 5 }),
    modified: fc.integer({ min: 0, max: 5 }),
    created: fc.integer({ min: 0, max: 5 }),
    hidden: fc.boolean(),
    offline: fc.boolean(),
  });
  const paths = fc.constantFrom('', 'x', 'x/y');

  it('let through what each of them alone lets through, and nothing else; the first that does not is told', () => {
    fc.assert(
      fc.property(fc.tuple(...parts), entries, paths, (each, entry, path) => {
        const alone = each.map((filters) => said(filters, entry, path));
        const first = alone.find((code) => code !== 'through') ?? 'through';
        expect(said(Object.assign({}, ...each), entry, path)).toBe(first);
      }),
      { numRuns: 2_000 },
    );
  });

  it('only ever leave out more when one is added', () => {
    fc.assert(
      fc.property(fc.tuple(...parts), fc.nat(parts.length - 1), entries, paths, (each, at, entry, path) => {
        const fewer: Partial<Filters> = Object.assign({}, ...each.filter((_, i) => i !== at));
        const all: Partial<Filters> = Object.assign({}, ...each);
        if (said(fewer, entry, path) !== 'through') expect(said(all, entry, path)).not.toBe('through');
      }),
    );
  });
});
