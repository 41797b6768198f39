import { type Grade, grades, itemKinds, type Outcome, outcomes } from '../../../src-shared/model/item.ts';

/**
 * Values of the columns of the journal that are kept as numbers; see migrations/journal. An item that is `lent` is counted by another unit
 * and is here for the paths of what is in it.
 */

export const STATE = {
  rest: 2,
  waiting: 3,
  ready: 4,
  again: 5,
  settled: 6,
  gone: 7,
  offered: 8,
  lent: 9,
} as const;
export const LISTING = { toDo: 0, done: 1, none: 2, offered: 3 } as const;
export const MAKING = { waiting: 0, ready: 1, made: 2, failed: 3, none: 4 } as const;
export const FOLDER = itemKinds.indexOf('folder');
export const COPIED = outcomes.indexOf('copied');
export const PRESENT = outcomes.indexOf('present');
export const LEFT_OUT = outcomes.indexOf('left-out');
export const SIZE_EQUAL = grades.indexOf('size-equal');
export const ORIGIN = { listing: 0, settlement: 1, end: 2 } as const;

/** `item.pass` of a copy that the destination has not listed since it was settled. */
export const UNLISTED = 2;

/** `item.run` of a run: never 0 or 1, which would take another size on disk. */
export function runMark(run: number): number {
  return run + 2;
}

/**
 * The same by what the journal says of itself. A unit that is taken over under a run that its new holder's journal knows already is begun
 * anew there, as if it were another run.
 */
export function markOf(meta: (key: string) => string | number | undefined): number {
  return Number(meta('run mark') ?? runMark(Number(meta('run') ?? -1)));
}

/** An item as it is read for all that is done with it. */
export interface ItemRow {
  readonly id: number;
  readonly parent: number;
  readonly name: string;
  readonly kind: number;
  readonly state: number;
  readonly run: number;
  readonly outcome: number | null;
  readonly grade: number | null;
  readonly pass: number;
  readonly there: number | null;
  readonly size: number;
  readonly modified: number;
  /** As decimal text. */
  readonly file_id: string | null;
  readonly remote: Uint8Array | null;
  readonly destination_name: string | null;
}

/** Columns of an {@link ItemRow}; the number of the file as text, because it can be larger than a double holds. */
export const ITEM_COLUMNS = `item.id, item.parent, item.name, item.kind, item.state, item.run, item.outcome, item.grade,
  item.pass, item.there, item.size, item.modified, CAST(item.file_id AS TEXT) AS file_id, item.remote, item.destination_name`;

export type KeptFileId = bigint | string | null;

/** Of SQLite. */
export const LARGEST_INTEGER = 9_223_372_036_854_775_807n;

/** A file id as it is kept: an integer where SQLite has one of that size (8 bytes at most), else text. */
export function packFileId(fileId: string | undefined): KeptFileId {
  if (fileId === undefined) return null;
  if (!/^(0|[1-9]\d{0,18})$/.test(fileId)) return fileId;
  const number = BigInt(fileId);
  if (number > LARGEST_INTEGER) return fileId;
  // Never as a number: better-sqlite3 binds those as REAL, which comes back as '123.0' and is no file's number any more.
  return number;
}

export function outcomeOf(index: number): Outcome {
  const outcome = outcomes[index];
  if (outcome === undefined) throw new Error(`outcome ${index} is not known`);
  return outcome;
}

export function gradeOf(index: number | null): Grade | undefined {
  if (index === null) return undefined;
  const grade = grades[index];
  if (grade === undefined) throw new Error(`grade ${index} is not known`);
  return grade;
}

/** Keys of `meta`: the latest time of birth of anything that was listed, in all runs, and in those before the present one. */
export const NEWEST = 'newest born';
export const NEWEST_BEFORE = 'newest born before';
