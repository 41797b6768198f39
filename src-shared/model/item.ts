/** What an entry of a source is. `link` and `special` (socket, pipe, device) are listed and never copied. */
export const itemKinds = ['file', 'folder', 'link', 'special'] as const;
export type ItemKind = (typeof itemKinds)[number];

/**
 * How an item of a run ended. The order is that of the stores (an item's outcome is kept as its index): append only.
 * - `copied`: its bytes were sent in this run (a folder: was made)
 * - `present`: it was there already, from an earlier run or by somebody else, and needed nothing
 * - `left-out`: a rule or its nature excludes it
 * - `failed`: it should be at the destination and is not, or not as it should be
 * - `accepted`: it failed, and a person said that this is all right
 * - `planned`: a dry run or an assessment found nothing against copying it, and wrote nothing
 */
export const outcomes = ['copied', 'present', 'left-out', 'failed', 'accepted', 'planned'] as const;
export type Outcome = (typeof outcomes)[number];

/**
 * What verification can say of a copy, best first. Order is that of the stores: append only.
 * - `identical`: the hash that the service reports is that of the bytes that were read
 * - `rewritten`: a kind of file that SharePoint rewrites on saving; every byte sent was acknowledged
 * - `size-equal`: same size; there is no hash on both sides to compare
 * - `present`: it is there; nothing more can be said (folders, items that were there before)
 * - `differs`: size or hash are wrong and nothing explains it
 * - `missing`: the service does not list it
 */
export const grades = ['identical', 'rewritten', 'size-equal', 'present', 'differs', 'missing'] as const;
export type Grade = (typeof grades)[number];

/** The number of an item within its task's journal; the root folder is 1, its parent 0. Stable over runs. */
export type ItemId = number;
export const ROOT_ITEM: ItemId = 1;

/** What tells whether a source file is still the one that was looked at. Times in milliseconds since 1970. */
export interface Fingerprint {
  readonly size: number;
  readonly modified: number;
  /** The file system's own number for the file, as decimal text; undefined where it has none. */
  readonly fileId?: string | undefined;
}

/**
 * Same content as far as size and time can tell. Times are compared at `toleranceMs`: SharePoint keeps whole
 * seconds, FAT and some NAS two.
 */
export function sameFingerprint(a: Fingerprint, b: Fingerprint, toleranceMs = 0): boolean {
  return a.size === b.size && Math.abs(a.modified - b.modified) <= toleranceMs;
}
