import { describe, expect, it } from 'vitest';
import { entryOf, fileIdOf, type Listed } from './entry.ts';

const listed: Listed = {
  name: 'plan.docx',
  attributes: 0x20,
  tag: 0,
  size: 5,
  created: 1,
  modified: 2,
  fileId: '7',
};

describe('an entry of a listing', () => {
  it('has what Windows lists of it', () => {
    expect(entryOf(listed)).toEqual({
      name: 'plan.docx',
      nameReadable: true,
      kind: 'file',
      size: 5,
      created: 1,
      modified: 2,
      fileId: '7',
      hidden: false,
      system: false,
      offline: false,
    });
  });

  it('has no size unless it is a file', () => {
    expect(entryOf({ ...listed, attributes: 0x10 })).toMatchObject({ kind: 'folder', size: 0 });
    expect(entryOf({ ...listed, attributes: 0x420, tag: 0xa000_000c })).toMatchObject({
      kind: 'link',
      size: 0,
    });
  });

  it.each([
    ['hidden', 0x22, { hidden: true, system: false, offline: false }],
    ['system', 0x24, { hidden: false, system: true, offline: false }],
    ['offline', 0x1020, { hidden: false, system: false, offline: true }],
  ])('is %s', (_, attributes, marks) => {
    expect(entryOf({ ...listed, attributes })).toMatchObject(marks);
  });

  it('keeps accents, emoji and U+FFFD as they are', () => {
    for (const name of ['re\u0301sume\u0301', '\u{1f600}', 'caf\uFFFD.txt'])
      expect(entryOf({ ...listed, name })).toMatchObject({ name, nameReadable: true });
  });

  it.each([
    ['caf\ud83d.txt', 'caf\uFFFDD83D.txt'],
    ['caf\ude00.txt', 'caf\uFFFDDE00.txt'],
    ['\ude00\ud83d', '\uFFFDDE00\uFFFDD83D'],
    ['a\u{1f600}\ud83d', 'a\u{1f600}\uFFFDD83D'],
  ])('tells names with half a pair apart: %j', (name, text) => {
    expect(entryOf({ ...listed, name })).toMatchObject({ name: text, nameReadable: false });
  });
});

it.each([
  [0, 0, undefined],
  [0xffff_ffff, 0xffff_ffff, undefined],
  [5, 0, '5'],
  [0, 1, '4294967296'],
  [0xffff_ffff, 0x1f_ffff, '9007199254740991'],
  [1, 0x20_0000, '9007199254740993'],
  [0xffff_fffe, 0xffff_ffff, '18446744073709551614'],
])('the number of a file in halves %d and %d is %s', (low, high, id) => {
  expect(fileIdOf(low, high)).toBe(id);
});
