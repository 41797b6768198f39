import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import type { TaskCopy } from '../../store/task-copies.ts';
import { gone, note, noteListed } from './note.ts';
import type { Statuses } from './statuses.ts';
import { everyCopy } from './tally.ts';
import type { VerificationWork } from './verification.ts';

/** A listing whose pages are forgotten in the middle (session-lost) is begun again so often. */
const PASSES = 3;
/** Copies that the listing did not bring are asked for one by one, at most so many: 1 RU each. */
const MOST_ASKED = 10_000;

interface ListingCount {
  /** Items below the root, ours or not. */
  readonly listed: number;
  /** Items below the root that are no copies of this task. */
  readonly others: number;
}

/** What the listing brought besides. */
export interface Listed extends ListingCount {
  /** Copies that were not listed and not asked for either: there were too many of them. They count as missing. */
  readonly notAsked: number;
}

/** Compares everything that the destination lists, in full and anew, with what was recorded; then looks for what it did not list. */
export async function checkListing(work: VerificationWork, statuses: Statuses): Promise<Result<Listed>> {
  for (let pass = 1; ; pass += 1) {
    const count = await readListing(work, statuses);
    if (count.ok) {
      const notAsked = await askForUnlisted(work, statuses, count.value);
      return notAsked.ok ? ok({ ...count.value, notAsked: notAsked.value }) : notAsked;
    }
    if (count.problem.code !== 'session-lost' || pass >= PASSES) return count;
  }
}

async function readListing(work: VerificationWork, statuses: Statuses): Promise<Result<ListingCount>> {
  const { copies, destination, signal, progress } = work;
  let listed = 0;
  let others = 0;
  for await (const page of destination.changes(undefined, { signal })) {
    if (signal.aborted) return failed('stopped-by-you');
    if (!page.ok) return page;
    for (const item of page.value.items) {
      const copy = copies.byId(item.id);
      if (copy === undefined) others += 1;
      else noteListed(work, statuses, copy, item);
    }
    listed += page.value.items.length;
    progress({ phase: 'listing', listed, read: 0, bytes: 0 });
  }
  return ok({ listed, others });
}

/**
 * A copy that is not listed may be gone, may have been moved out of the folder, or be younger than the listing: it is asked for by its id.
 * What was in a folder that is gone went with it, unless it was listed elsewhere.
 * @returns how many were not asked for
 */
async function askForUnlisted(
  work: VerificationWork,
  statuses: Statuses,
  { listed }: ListingCount,
): Promise<Result<number>> {
  const { copies, destination, signal, progress } = work;
  const goneFolders = new Set<string>();
  let asked = 0;
  let notAsked = 0;
  const lose = (copy: TaskCopy, detail?: string): void => {
    if (copy.kind === 'folder') goneFolders.add(copy.id);
    note(work, statuses, copy, { item: undefined, comparison: gone }, 'listing', detail);
  };
  for await (const copy of everyCopy(copies)) {
    if (statuses.get(copy.item) !== undefined) continue;
    if (signal.aborted) return failed('stopped-by-you');
    progress({ phase: 'searching', listed, read: 0, bytes: 0 });
    if (copy.parent !== undefined && goneFolders.has(copy.parent)) {
      lose(copy, 'went with its folder');
    } else if (asked >= MOST_ASKED) {
      notAsked += 1;
      lose(copy, 'not listed; not asked for by its id, because too much is missing');
    } else {
      asked += 1;
      const found = await destination.findById(copy.id, { signal });
      if (!found.ok) return found;
      if (found.value === undefined) lose(copy);
      else noteListed(work, statuses, copy, found.value);
    }
  }
  return ok(notAsked);
}
