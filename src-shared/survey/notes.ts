import type { Code } from '../catalogue/catalogue.ts';

/** What is said of a source as a whole: how many items a code is about. Like the codes of items, without their bytes. */
export type Notes = Readonly<Partial<Record<Code, { readonly items: number; readonly bytes: number }>>>;

/**
 * What a library takes badly: each that applies is said, for each has a remedy of its own. Sources: "SharePoint limits", learn.microsoft.com; the index
 * limit is that of Migration Manager's scan (ITEM_COUNT_EXCEED_INDEX_LIMIT).
 */
const MANY = [
  [30_000_000, 'library-too-full'],
  [300_000, 'many-items-for-sync'],
  [100_000, 'many-items-for-rights'],
  [20_000, 'many-items'],
] as const satisfies readonly (readonly [number, Code])[];

/**
 * @param whole.items files and folders that the library is to hold
 * @param whole.emptyFiles of those that are to be copied
 * @param whole.wideFolders folders with more than 5,000 entries
 */
export function notesOf(whole: {
  readonly items: number;
  readonly emptyFiles: number;
  readonly wideFolders: number;
}): Notes {
  const { items, emptyFiles, wideFolders } = whole;
  const many = MANY.filter(([most]) => items > most).map(([, code]) => [code, items] as const);
  const all: readonly (readonly [Code, number])[] = [
    ...many,
    ['wide-folder', wideFolders],
    ['empty-file', emptyFiles],
  ];
  return Object.fromEntries(
    all.filter(([, count]) => count > 0).map(([code, count]) => [code, { items: count, bytes: 0 }]),
  );
}
