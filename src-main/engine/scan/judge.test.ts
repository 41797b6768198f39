import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../src-shared/model/settings.ts';
import type { SourceEntry } from '../../source/source.ts';
import { judge, MAX_FILE_BYTES } from './judge.ts';

const T = Date.UTC(2023, 1, 2);
const place = { path: 'sites/x/Shared Documents/Sub', atLibraryRoot: false };

function entry(name: string, more: Partial<SourceEntry> = {}): SourceEntry {
  return {
    name,
    nameReadable: true,
    kind: 'file',
    size: 1,
    modified: T,
    created: T,
    fileId: undefined,
    hidden: false,
    system: false,
    offline: false,
    ...more,
  };
}

describe('judging an entry', () => {
  it.each([
    ['a plain file', entry('a.txt'), 'on as a.txt'],
    ['a name to change', entry('a?.txt'), 'on as a？.txt: name-changed'],
    ['an odd time', entry('a.txt', { modified: -5 }), 'on as a.txt: odd-time'],
    ['a link', entry('a', { kind: 'link', nameReadable: false }), 'left-out link-left-out'],
    ['a pipe', entry('a', { kind: 'special' }), 'left-out special-left-out'],
    ['bytes that are no name', entry('a\uFFFDE9', { nameReadable: false }), 'failed name-not-unicode'],
    [
      'an entry that could not be examined',
      entry('a', { problem: 'file-unreadable' }),
      'failed file-unreadable',
    ],
    ['too large', entry('a', { size: MAX_FILE_BYTES + 1 }), 'failed too-large'],
    ['as large as can be', entry('a', { size: MAX_FILE_BYTES }), 'on as a'],
    ['a name too long', entry('n'.repeat(256)), 'failed name-too-long'],
    [
      'a path of 400',
      entry('n'.repeat(400 - place.path.length - 1).slice(0, 255)),
      `on as ${'n'.repeat(255)}`,
    ],
    ['a system file', entry('Thumbs.db'), 'left-out system-left-out'],
  ])('%s', (_, what, verdict) => {
    expect(inWords(judge(what, place, defaultSettings))).toBe(verdict);
  });

  it('counts the path with everything above', () => {
    const deep = { path: `sites/x/${'d'.repeat(390)}`, atLibraryRoot: false };
    expect(inWords(judge(entry('n'), deep, defaultSettings))).toBe('on as n');
    expect(inWords(judge(entry('nn'), deep, defaultSettings))).toBe('failed path-too-long');
  });

  it('keeps the library’s own folder free, at its root only', () => {
    const root = { path: 'sites/x/Docs', atLibraryRoot: true };
    const forms = entry('Forms', { kind: 'folder' });
    expect(inWords(judge(forms, root, defaultSettings))).toBe('on as Forms_: name-changed');
    expect(inWords(judge(forms, place, defaultSettings))).toBe('on as Forms');
  });

  it('reports names instead of changing them when told so', () => {
    const settings = { ...defaultSettings, names: 'fail' } as const;
    expect(judge(entry('a?.txt'), place, settings)).toMatchObject({
      code: 'name-not-allowed',
      proposal: 'a？.txt',
    });
  });

  it('takes a name that was found for it, and measures the path with that', () => {
    const found = { name: 'a (2).txt', why: 'a twin' };
    const judged = judge(entry('A.txt'), place, defaultSettings, found);
    expect(judged).toMatchObject({
      name: 'a (2).txt',
      findings: [{ code: 'name-changed', detail: 'a twin' }],
    });
    const deep = { path: `sites/x/${'d'.repeat(385)}`, atLibraryRoot: false };
    expect(inWords(judge(entry('A.txt'), deep, defaultSettings))).toBe('on as A.txt');
    expect(inWords(judge(entry('A.txt'), deep, defaultSettings, found))).toBe('failed path-too-long');
  });
});

function inWords(judged: ReturnType<typeof judge>): string {
  if (judged.goes !== 'on') return `${judged.outcome} ${judged.code}`;
  const codes = judged.findings.map((finding) => finding.code).join(',');
  return `on as ${judged.name}${codes ? `: ${codes}` : ''}`;
}
