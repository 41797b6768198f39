import { expect, it } from 'vitest';
import { notesOf } from './notes.ts';

const none = { items: 0, emptyFiles: 0, wideFolders: 0 };

it.each([
  [20_000, []],
  [20_001, ['many-items']],
  [100_000, ['many-items']],
  [100_001, ['many-items', 'many-items-for-rights']],
  [300_001, ['many-items', 'many-items-for-rights', 'many-items-for-sync']],
  [30_000_000, ['many-items', 'many-items-for-rights', 'many-items-for-sync']],
  [30_000_001, ['library-too-full', 'many-items', 'many-items-for-rights', 'many-items-for-sync']],
])('%i items for a library are said to be %j', (items, codes) => {
  expect(Object.keys(notesOf({ ...none, items })).sort()).toEqual(codes);
});

it('tells wide folders and empty files with how many there are, and nothing of what there is not', () => {
  expect(notesOf({ items: 7, emptyFiles: 3, wideFolders: 1 })).toEqual({
    'wide-folder': { items: 1, bytes: 0 },
    'empty-file': { items: 3, bytes: 0 },
  });
  expect(notesOf(none)).toEqual({});
});
