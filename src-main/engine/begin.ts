import { ROOT_ITEM } from '../../src-shared/model/item.ts';
import { isWhole } from '../../src-shared/model/scope.ts';
import { updateRemoteView } from './remote-view.ts';
import type { Slot } from './waits.ts';
import type { Work } from './work.ts';

/** What the unit stands on once it has begun. */
export interface Ground {
  /** Nobody knows anything yet: neither an earlier run nor the destination. */
  readonly allNew: boolean;
  /** An earlier run found something below the root. */
  readonly knownBefore: boolean;
  /** Another machine worked on it before. */
  readonly takenOver: boolean;
}

/**
 * Begins the run, or goes on with it, with what the destination has by now. The root of the source is the destination's
 * root: whoever opened that has seen to it that it is there.
 * Undefined: the unit ends, or the run is finished already.
 */
export async function beginRun(work: Work, slot: Slot): Promise<Ground | undefined> {
  const { journal, destination, run, acknowledged, scope } = work.job;
  const folders = scope?.part?.folders;
  const begun = await journal.begin(run, work.env.now(), acknowledged, folders);
  const { finished, knownBefore, takenOver } = begun;
  if (finished) return undefined;
  const { found } = await journal.counts();
  const untouched = !knownBefore && found.files + found.folders + found.others === 0;
  const hadMark = (await journal.remoteMark()) !== undefined;
  if (!(await updateRemoteView(work, slot))) return undefined;
  await journal.folderMade(ROOT_ITEM, { id: destination.root.id, existed: true });
  const allNew = destination.root.empty && untouched && !hadMark && !takenOver;
  return { allNew, knownBefore: knownBefore && isWhole(scope), takenOver };
}
