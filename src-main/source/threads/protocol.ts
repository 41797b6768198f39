import type { Result } from '../../../src-shared/model/problem.ts';
import type { ReadFile, SourceEntry } from '../source.ts';
import type { GroupMemory } from './group-memory.ts';
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
 * A file that was read in one go; undefined: it is larger than was said. `no-handle`: the system has none left, so that whoever can
 * wait for one has to open it.
 */
export type FileAnswer = Result<ReadFile | undefined> | 'no-handle';

/** What a thread does with synchronous calls. Paths as in `Source`. */
export interface ThreadWork {
  /** Begins a listing; nothing is read before its first `next`. */
  list(path: string): PackedListing;
  /** Reads a file of at most `limit` bytes. */
  read(path: string, limit: number, memory: GroupMemory): FileAnswer;
}

/**
 * Main thread -> worker. `more` asks for the next entries of a listing; the first `more` opens it. `read` is answered when all of its files
 * are read. `end` closes all and ends the thread: Windows does not close what a thread has open that is stopped from outside.
 */
export type ToThread =
  | { readonly type: 'more'; readonly listing: number; readonly path: string }
  | { readonly type: 'close'; readonly listing: number }
  | {
      readonly type: 'read';
      readonly reading: number;
      readonly paths: readonly string[];
      readonly limit: number;
      readonly lent: ArrayBuffer | undefined;
    }
  | { readonly type: 'end' };

/** Worker -> main thread: one answer for each `more` and each `read`, in order. `took`: milliseconds that it took the thread. */
export type FromThread =
  | {
      readonly type: 'listed';
      readonly listing: number;
      readonly took: number;
      readonly answer: PackedAnswer;
    }
  | {
      readonly type: 'read';
      readonly reading: number;
      readonly took: number;
      readonly files: readonly FileAnswer[];
    };
