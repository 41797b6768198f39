import type { FolderToList } from '../../store/journal.ts';
import { crewAtWork } from '../concurrency/crew.ts';
import { Pace } from '../concurrency/pace.ts';
import type { Feed } from '../feed.ts';
import type { Slot } from '../waits.ts';
import { guarded, type Work } from '../work.ts';
import { listFolder, type ScanOptions } from './list-folder.ts';
import { ENTRIES_A_CALL, listingRules, MOST_AT_ONCE } from './listing-rules.ts';
import { Moves } from './moves.ts';

/** Folders that are taken from the journal at once: enough for as many listers as there may ever be. */
export const FOLDERS_TAKEN = MOST_AT_ONCE;

/**
 * Lists every folder that the feed hands out and records what is to become of its entries. How many are listed side by side
 * follows the share; they are on disk before and after, so memory and what a kill costs stay small at any number.
 */
export async function scanFolders(work: Work, feed: Feed<FolderToList>, options: ScanOptions): Promise<void> {
  const pace = new Pace(work.env.now(), listingRules);
  const free: Slot[] = [];
  const all = { ...options, moves: new Moves(work) };
  await crewAtWork(
    () => (feed.ended ? 0 : pace.limit),
    async (mayGoOn) => {
      const slot = free.pop() ?? work.waits.slot();
      await guarded(work.control, () => runLister(work, slot, feed, all, { pace, mayGoOn }));
      free.push(slot);
    },
  );
}

interface Paced {
  readonly pace: Pace;
  /** False: there are more listers than there should be. To be asked only by those who stop then. */
  readonly mayGoOn: () => boolean;
}

async function runLister(
  work: Work,
  slot: Slot,
  feed: Feed<FolderToList>,
  options: ScanOptions & { readonly moves: Moves },
  { pace, mayGoOn }: Paced,
): Promise<void> {
  const { now } = work.env;
  while (mayGoOn()) {
    const folder = await feed.next();
    if (!folder) return;
    try {
      if (!(await work.control.mayStart(slot))) return;
      const since = now();
      const entries = await work.control.busy(() => listFolder({ work, slot, folder, options }));
      pace.done({ at: now(), took: now() - since, work: entries + ENTRIES_A_CALL });
    } finally {
      feed.done();
    }
  }
}
