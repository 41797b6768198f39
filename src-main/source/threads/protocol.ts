import type { Result } from '../../../src-shared/model/problem.ts';
import type { SourceEntry } from '../source.ts';
import type { PackedEntries } from './packing.ts';

/** Entries that are handed over at once. */
export const BATCH = 1_000;

/** The next entries, and whether they were the last. After a problem or the last entries nothing more may be asked. */
export type ListingAnswer = Result<{ readonly entries: readonly SourceEntry[]; readonly last: boolean }>;

/** One folder being listed with synchronous calls, in the thread that lists. */
export interface FolderListing {
  /** At most BATCH entries. */
  next(): ListingAnswer;
  close(): void;
}

/** The same, packed for the way to the main thread. */
export type PackedAnswer = Result<{ readonly packed: PackedEntries; readonly last: boolean }>;

/** A folder being listed by what packs its entries itself. */
export interface PackedListing {
  next(): PackedAnswer;
  close(): void;
}

/**
 * Main thread -> worker. `more` asks for the next entries of a listing; the first `more` opens it. `end` closes all and ends the
 * thread: Windows does not close what a thread has open that is stopped from outside.
 */
export type ToLister =
  | { readonly type: 'more'; readonly listing: number; readonly path: string }
  | { readonly type: 'close'; readonly listing: number }
  | { readonly type: 'end' };

/** Worker -> main thread: one answer for each `more`, in order. */
export interface FromLister {
  readonly listing: number;
  /** Milliseconds that it took the thread. */
  readonly took: number;
  readonly answer: PackedAnswer;
}
