import type { Code } from '../../../src-shared/catalogue/catalogue.ts';
import { ROOT_ITEM } from '../../../src-shared/model/item.ts';
import type { Problem } from '../../../src-shared/model/problem.ts';
import { isWhole, joinPaths } from '../../../src-shared/model/scope.ts';
import type { SourceEntry } from '../../source/source.ts';
import type { Elsewhere, FolderToList } from '../../store/journal.ts';
import type { Slot } from '../waits.ts';
import type { Work } from '../work.ts';
import type { SurveyPlace } from './judge.ts';
import { lookThere } from './look-there.ts';
import type { Moves } from './moves.ts';
import { Naming } from './naming.ts';
import { recordPlanned } from './record-planned.ts';

/** What may be different a moment later although the source is there: its server is just going, or has just come back. */
const unsteady: ReadonlySet<Code> = new Set<Code>(['read-failed', 'source-unreachable']);

/** Before the second and the third try. */
const PAUSES_MS = [500, 2_000];

export interface ScanOptions {
  /** Neither an earlier run nor the destination knows anything: the journal need not be asked. */
  readonly allNew: boolean;
  /** An earlier run found something below the root: an empty root is then another folder, or one that is not mounted. */
  readonly knownBefore: boolean;
  /** Another machine worked on the unit before: some of it may be other units by now. */
  readonly takenOver: boolean;
  /** Entries were recorded: there may be something to make or to copy. */
  readonly recorded: () => void;
}

const nothingElsewhere: readonly Elsewhere[] = [];

interface FolderListing {
  readonly work: Work;
  readonly slot: Slot;
  readonly folder: FolderToList;
  readonly options: ScanOptions & { readonly moves: Moves };
}

interface Try {
  readonly found: number;
  readonly problem?: Problem;
}

/**
 * Lists a folder and records what is to become of its entries, until that is done or the folder has to be given up. What fails because the source
 * is away is listed anew when it is back, and what fails while it is there some times more.
 * @returns how many entries were found
 */
export async function listFolder(parts: FolderListing): Promise<number> {
  const { work, slot, folder, options } = parts;
  let found = 0;
  if (!(await lookThere(work, slot, folder))) return found;
  const planned = work.planned?.get(folder.path);
  if (planned) {
    await recordPlanned(parts, planned, options.recorded);
    return planned.length;
  }
  for (let tries = 0; ; ) {
    const began = work.sourceCheck.outages;
    const last = tries >= PAUSES_MS.length;
    // What an earlier try recorded is known by now.
    const allNew = options.allNew && found === 0;
    const tried = await tryFolder({ ...parts, options: { ...options, allNew } }, began, last);
    found = Math.max(found, tried.found);
    const { problem } = tried;
    if (!problem || work.control.ending) return found;
    const verdict = await work.sourceCheck.look(problem, began, slot);
    if (verdict === 'ends') return found;
    if (verdict === 'again') continue;
    if (last || !unsteady.has(problem.code)) {
      await giveUp(work, slot, folder, problem, found);
      return found;
    }
    const pause = PAUSES_MS[tries] ?? 0;
    tries += 1;
    await slot.during('listing', () => work.control.aside(() => work.control.sleepBefore(pause)));
    if (work.control.ending) return found;
  }
}

/** Lists a folder once. What was found of it before a problem is recorded. */
async function tryFolder(parts: FolderListing, began: number, last: boolean): Promise<Try> {
  const { work, slot, folder, options } = parts;
  const { journal, source, destination } = work.job;
  const { filter } = work;
  const place: SurveyPlace = {
    depth: depthOf(work.folder) + folder.depth,
    path: joinPaths(destination.root.path, folder.destinationPath),
    atLibraryRoot: destination.root.isLibraryRoot && folder.item === ROOT_ITEM,
    leftOut: folder.leftOut,
    filter: filter && ((entry) => filter(entry, joinPaths(work.folder, folder.path))),
  };
  const elsewhere = options.takenOver
    ? await slot.during('journal', () => journal.elsewhere(folder.path))
    : nothingElsewhere;
  const naming = new Naming({ work, slot, folder, place, options, elsewhere });
  let found = 0;
  const batches = work.sourceFor(slot).list(folder.path)[Symbol.asyncIterator]();
  const next = () => slot.during('listing', () => batches.next());
  try {
    for (let batch = await next(); !batch.done; ) {
      if (work.control.ending) return { found };
      const problem = batch.value.ok
        ? await notExamined(parts, batch.value.value, began, last)
        : batch.value.problem;
      if (problem || !batch.value.ok) {
        await naming.end(false);
        return problem ? { found, problem } : { found };
      }
      found += batch.value.value.length;
      // Read ahead: where nothing else comes, nothing else of the folder has to be asked for, and its listing ends with it.
      const following = await next();
      const taken = naming.take(batch.value.value, following.done === true);
      // Entries are not held while they are recorded.
      batch = following;
      await taken;
    }
    if (work.control.ending) return { found };
    await naming.end(true);
    if (work.control.ending) return { found };
  } finally {
    await batches.return?.();
  }
  if (found === 0 && folder.item === ROOT_ITEM && options.knownBefore) {
    work.control.fail({ code: 'source-changed-identity', where: source.root });
    return { found };
  }
  if (!naming.listingEnded) await slot.during('journal', () => journal.endListing(folder.item));
  return { found };
}

/**
 * Where entries were listed and could not be examined, the source may have gone between the two: then the folder is to be listed
 * anew. Undefined: the entries are to be taken as they are.
 */
async function notExamined(
  { work, slot }: FolderListing,
  entries: readonly SourceEntry[],
  began: number,
  last: boolean,
): Promise<Problem | undefined> {
  const failed = entries.find(({ problem }) => problem === 'read-failed');
  const vanished = failed ?? entries.find(({ problem }) => problem === 'file-vanished');
  if (!vanished?.problem) return undefined;
  const problem: Problem = { code: vanished.problem, where: vanished.name };
  if (failed && !last) return problem;
  const verdict = await work.sourceCheck.look(problem, began, slot);
  return verdict === 'of-item' ? undefined : problem;
}

/**
 * A folder that could not be listed, or not to its end, fails and says so; what was found of it is copied. One that is left out
 * is still that, and says that not all of it was counted.
 */
async function giveUp(
  work: Work,
  slot: Slot,
  folder: FolderToList,
  problem: Problem,
  found: number,
): Promise<void> {
  if (folder.item === ROOT_ITEM && isWhole(work.job.scope)) {
    const code = problem.code === 'folder-unreadable' ? 'source-root-unreadable' : 'source-missing';
    work.control.fail({ ...problem, code, where: work.job.source.root });
    return;
  }
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

function depthOf(path: string): number {
  return path === '' ? 0 : path.split('/').length;
}
