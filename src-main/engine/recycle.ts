import { lookUp } from '../../src-shared/catalogue/catalogue.ts';
import { mayDelete } from '../../src-shared/rules/mass-deletion.ts';
import type { Removal } from '../destination/destination.ts';
import type { GoneCopy, GoneVerdict } from '../store/journal.ts';
import { ask } from './ask.ts';
import { updateRemoteView } from './remote-view.ts';
import type { Slot } from './waits.ts';
import type { Work } from './work.ts';

const AT_ONCE = 200;
const SIDE_BY_SIDE = 8;

/**
 * Puts the copies of what is gone at the source into the recycle bin of the destination, as far as they are ours and as we left
 * them, and says of every other one why it stays. So many at once that it may be a mistake stay all, and are to be confirmed.
 * Why so: docs/decisions/0017-whose-file-it-is.md.
 * @returns false when the unit ends
 */
export async function recycleGone(work: Work, slot: Slot): Promise<boolean> {
  const { journal, task } = work.job;
  if (task.settings.deletions !== 'recycle') return true;
  const before = await slot.during('journal', () => journal.goneCopies());
  // What somebody did there since the run began is to be seen, and not found out by refusals.
  if (before.going > 0 && !(await updateRemoteView(work, slot))) return false;
  const gone = before.going > 0 ? await slot.during('journal', () => journal.goneCopies()) : before;
  const may = mayDelete(gone, task.settings.confirmedDeletions);
  const slots = [slot, ...Array.from({ length: SIDE_BY_SIDE - 1 }, () => work.waits.slot())];
  const full: FullFolders = new Map();
  let next: number | undefined;
  do {
    const page = await slot.during('journal', () => journal.takeGone(AT_ONCE, next));
    next = page.next;
    if (may && !(await recycleSome(work, slots, page.copies, full))) return false;
    if (!may) await journal.settleGone(page.copies.map((copy) => unasked(copy, gone)));
  } while (next !== undefined);
  return true;
}

function unasked(copy: GoneCopy, { going, known }: { going: number; known: number }): GoneVerdict {
  if (!copy.ours) return stays(copy, copy.why);
  const detail = `${going} of ${known} copies`;
  return { item: copy.item, code: 'deletions-to-confirm', detail, deleted: false };
}

/**
 * Folders that were not empty when their turn came, by their id at the destination. What was moved into a younger folder has a
 * smaller number than that and comes after it: once it is deleted, the folder has another turn.
 */
type FullFolders = Map<string, GoneCopy>;

/** Files side by side, then the folders that they were in, from the innermost on. */
async function recycleSome(
  work: Work,
  slots: readonly Slot[],
  copies: readonly GoneCopy[],
  full: FullFolders,
): Promise<boolean> {
  const { journal } = work.job;
  await journal.settleGone(copies.filter(({ ours }) => !ours).map((copy) => stays(copy, copy.why)));
  const ours = copies.filter((copy) => copy.ours);
  await journal.beginDeleting(ours.map(({ item }) => item));
  const emptied = new Set<string | undefined>();
  const files = ours.filter(({ kind }) => kind === 'file').reverse();
  const lane = async (slot: Slot): Promise<void> => {
    for (let copy = files.pop(); copy && !work.control.signal.aborted; copy = files.pop()) {
      if (await recycleOne(work, slot, copy, full)) emptied.add(copy.parent);
    }
  };
  await Promise.all(slots.map(lane));
  const [slot] = slots;
  for (const copy of ours) {
    if (!slot || copy.kind !== 'folder' || work.control.ending) continue;
    if (await recycleOne(work, slot, copy, full)) emptied.add(copy.parent);
  }
  for (const parent of emptied) {
    const copy = parent === undefined ? undefined : full.get(parent);
    if (!slot || !copy || work.control.ending) continue;
    await journal.beginDeleting([copy.item]);
    if (await recycleOne(work, slot, copy, full)) emptied.add(copy.parent);
  }
  return !work.control.ending;
}

/** @returns whether it is deleted */
async function recycleOne(work: Work, slot: Slot, copy: GoneCopy, full: FullFolders): Promise<boolean> {
  const item = removalOf(copy);
  const removed =
    item && (await ask(work, slot, 'committing', (options) => work.job.destination.remove(item, options)));
  if (item && !removed) return false;
  const verdict: GoneVerdict = removed?.ok
    ? { item: copy.item, code: 'recycled-at-destination', deleted: true }
    : stays(copy, removed?.problem.code);
  await slot.during('journal', () => work.job.journal.settleGone([verdict]));
  if (removed?.ok === false && removed.problem.code === 'folder-not-empty') full.set(copy.id, copy);
  else full.delete(copy.id);
  return verdict.deleted;
}

function removalOf({ id, kind, name, tag, parent }: GoneCopy): Removal | undefined {
  if (kind === 'file') return tag === undefined ? undefined : { id, kind, name, tag };
  return parent === undefined ? undefined : { id, kind, name, parent };
}

function stays({ item }: GoneCopy, why: GoneCopy['why']): GoneVerdict {
  const detail = why === undefined ? undefined : lookUp(why).title;
  return { item, code: 'kept-at-destination', detail, deleted: false };
}
