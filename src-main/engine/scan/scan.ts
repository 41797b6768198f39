import { ROOT_ITEM } from '../../../src-shared/model/item.ts';
import type { Problem } from '../../../src-shared/model/problem.ts';
import type { FolderToList } from '../../store/journal.ts';
import { crewAtWork } from '../concurrency/crew.ts';
import { Pace } from '../concurrency/pace.ts';
import type { Feed } from '../feed.ts';
import type { Slot } from '../waits.ts';
import { guarded, type Work } from '../work.ts';
import type { SurveyPlace } from './judge.ts';
import { ENTRIES_A_CALL, listingRules, MOST_AT_ONCE } from './listing-rules.ts';
import { Naming } from './naming.ts';

export interface ScanOptions {
  /** Neither an earlier run nor the destination knows anything: the journal need not be asked. */
  readonly allNew: boolean;
  /** An earlier run found something below the root: an empty root is then another folder, or one that is not mounted. */
  readonly knownBefore: boolean;
  /** Entries were recorded: there may be something to make or to copy. */
  readonly recorded: () => void;
}

/** Folders that are taken from the journal at once: enough for as many listers as there may ever be. */
export const FOLDERS_TAKEN = MOST_AT_ONCE;

/**
 * Lists every folder that the feed hands out and records what is to become of its entries. How many are listed side by side
 * follows the share; they are on disk before and after, so memory and what a kill costs stay small at any number.
 */
export async function scanFolders(work: Work, feed: Feed<FolderToList>, options: ScanOptions): Promise<void> {
  const pace = new Pace(work.env.now(), listingRules);
  const free: Slot[] = [];
  await crewAtWork(
    () => (feed.ended ? 0 : pace.limit),
    async (mayGoOn) => {
      const slot = free.pop() ?? work.waits.slot();
      await guarded(work.control, () => runLister(work, slot, feed, options, { pace, mayGoOn }));
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
  options: ScanOptions,
  { pace, mayGoOn }: Paced,
): Promise<void> {
  const { now } = work.env;
  while (mayGoOn()) {
    const folder = await feed.next();
    if (!folder) return;
    try {
      if (!(await work.control.mayStart(slot))) return;
      const since = now();
      const entries = await work.control.busy(() => listFolder(work, slot, folder, options));
      pace.done({ at: now(), took: now() - since, work: entries + ENTRIES_A_CALL });
    } finally {
      feed.done();
    }
  }
}

/** @returns how many entries were found */
async function listFolder(
  work: Work,
  slot: Slot,
  folder: FolderToList,
  options: ScanOptions,
): Promise<number> {
  const { journal, source, destination } = work.job;
  const { filter } = work;
  const place: SurveyPlace = {
    depth: folder.depth,
    path: joinPath(destination.root.path, folder.destinationPath),
    atLibraryRoot: destination.root.isLibraryRoot && folder.item === ROOT_ITEM,
    leftOut: folder.leftOut,
    filter: filter && ((entry) => filter(entry, folder.path)),
  };
  const naming = new Naming({ work, slot, folder, place, options });
  let found = 0;
  const batches = source.list(folder.path)[Symbol.asyncIterator]();
  const next = () => slot.during('listing', () => batches.next());
  try {
    for (let batch = await next(); !batch.done; ) {
      if (work.control.ending) return found;
      if (!batch.value.ok) {
        await naming.end(false);
        await listingFailed(work, slot, folder, batch.value.problem, found);
        return found;
      }
      const entries = batch.value.value;
      found += entries.length;
      // Read ahead: where nothing else comes, nothing else of the folder has to be asked for, and its listing ends with it.
      batch = await next();
      await naming.take(entries, batch.done === true);
    }
    if (work.control.ending) return found;
    await naming.end(true);
  } finally {
    await batches.return?.();
  }
  if (found === 0 && folder.item === ROOT_ITEM && options.knownBefore) {
    work.control.fail({ code: 'source-changed-identity', where: source.root });
    return found;
  }
  if (!naming.listingEnded) await slot.during('journal', () => journal.endListing(folder.item));
  return found;
}

/**
 * A folder that could not be listed, or not to its end, fails and says so; what was found of it is copied. One that is left out
 * is still that, and says that not all of it was counted.
 */
async function listingFailed(
  work: Work,
  slot: Slot,
  folder: FolderToList,
  problem: Problem,
  found: number,
): Promise<void> {
  if (folder.item === ROOT_ITEM) {
    const code = problem.code === 'folder-unreadable' ? 'source-root-unreadable' : 'source-missing';
    work.control.fail({ ...problem, code, where: work.job.source.root });
    return;
  }
  await work.sourceCheck.look(problem);
  if (work.control.signal.aborted) return;
  const detail = [problem.detail, found > 0 ? `after ${found} entries` : undefined]
    .filter(Boolean)
    .join(', ');
  const finding = { code: problem.code, ...(detail ? { detail } : {}) };
  await slot.during('journal', () =>
    work.job.journal.settle([
      { item: folder.item, outcome: folder.leftOut ? 'left-out' : 'failed', findings: [finding] },
    ]),
  );
}

function joinPath(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('/');
}
