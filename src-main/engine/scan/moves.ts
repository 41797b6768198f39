import { joinPaths } from '../../../src-shared/model/scope.ts';
import { isAsLeft, isSameFolder } from '../../../src-shared/rules/moved.ts';
import type { Move } from '../../destination/destination.ts';
import type { FolderToList, JudgedEntry, MovedCopy } from '../../store/journal.ts';
import { ask } from '../ask.ts';
import { Semaphore } from '../concurrency/semaphore.ts';
import { timesToKeep } from '../times.ts';
import type { Slot } from '../waits.ts';
import type { Work } from '../work.ts';
import { isGone } from './is-gone.ts';

/** Moves side by side, over all folders that are being listed. */
const AT_ONCE = 8;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

/** A folder that is being listed, and who does it. */
interface FollowParts {
  readonly work: Work;
  readonly slot: Slot;
  readonly folder: FolderToList;
  readonly options: { readonly knownBefore: boolean };
}

type Place = { readonly id: string } | undefined;

/**
 * Renames and moves copies after what was renamed and moved at the source. It is done while the new folder is listed and before its entries are recorded, so
 * what the journal says is always true; a move whose answer was lost is found done by whoever lists the folder again.
 * Why so: docs/decisions/0018-moves.md.
 */
export class Moves {
  /** The task is to follow moves. */
  readonly on: boolean;
  readonly #places = new Semaphore(AT_ONCE);
  readonly #slots: Slot[] = [];
  /** Copies that something is being made of: of two hard links only one is the file that was moved. */
  readonly #claimed = new Set<number>();

  constructor({ job }: Work) {
    const { moves, dryRun } = job.task.settings;
    this.on = moves === 'follow' && !dryRun;
  }

  /**
   * The entries as they are to be recorded: what was moved is present, with its copy.
   * @returns undefined when the unit ends: nothing is to be recorded
   */
  async follow(
    parts: FollowParts,
    entries: readonly JudgedEntry[],
  ): Promise<readonly JudgedEntry[] | undefined> {
    const { work, slot, folder, options } = parts;
    const fresh = this.on && options.knownBefore ? entries.filter(isNew) : [];
    if (fresh.length === 0) return entries;
    const found = await slot.during('journal', () => work.job.journal.findMoved(folder.item, fresh));
    const known = fresh.flatMap((entry, i) => (found[i]?.length ? [{ entry, copies: found[i] }] : []));
    if (known.length === 0) return entries;
    let place: Promise<Place> | undefined;
    const placeOf = (): Promise<Place> => (place ??= placeOfFolder(parts));
    const moved = new Map<JudgedEntry, JudgedEntry>();
    const tried = known.map(async ({ entry, copies }) => {
      const leave = await this.#places.take(1);
      const own = this.#slots.pop() ?? work.waits.slot();
      try {
        const as = await work.control.busy(() =>
          this.#tryCopies({ ...parts, slot: own }, entry, copies, placeOf),
        );
        if (as) moved.set(entry, as);
      } finally {
        this.#slots.push(own);
        leave();
      }
    });
    await work.control.aside(async () => {
      for (const end of await Promise.allSettled(tried)) if (end.status === 'rejected') throw end.reason;
    });
    return work.control.ending ? undefined : entries.map((entry) => moved.get(entry) ?? entry);
  }

  /** Undefined: it was not moved, and is to be copied; or the unit ends. */
  async #tryCopies(
    parts: FollowParts,
    entry: JudgedEntry,
    copies: readonly MovedCopy[],
    placeOf: () => Promise<Place>,
  ): Promise<JudgedEntry | undefined> {
    const { work, slot, folder } = parts;
    const path = joinPaths(folder.path, entry.name);
    for (const copy of copies) {
      if (work.control.ending) return undefined;
      if (this.#claimed.has(copy.item)) continue;
      this.#claimed.add(copy.item);
      const certain =
        (await isGone(work, slot, copy.path, entry.kind)) &&
        (entry.kind !== 'folder' || (await isThatFolder(work, slot, copy.item, path)));
      const as = certain && !work.control.ending ? await move(parts, entry, copy, placeOf) : undefined;
      if (as) return as;
      this.#claimed.delete(copy.item);
    }
    return undefined;
  }
}

/** What nothing is known of here, and that is to be copied under a name which nothing has. */
function isNew({ decision, kind, fileId }: JudgedEntry): boolean {
  if (decision.do !== 'copy' || decision.replace || decision.leavesCopy) return false;
  return fileId !== undefined && (kind === 'file' || kind === 'folder');
}

/** Waits until the folder is made at the destination. Undefined: it will not be. */
async function placeOfFolder({ work, slot, folder }: FollowParts): Promise<Place> {
  for (let pause = FIRST_PAUSE_MS; !work.control.ending; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    const place = await slot.during('journal', () => work.job.journal.placeOf(folder.item));
    if (place !== 'waiting') return place;
    await slot.during('opening', () => work.control.aside(() => work.control.sleepBefore(pause)));
  }
  return undefined;
}

/** Whether at least half of what a folder held is in the one that has its number now, and nothing of somebody else's would go along. */
async function isThatFolder(work: Work, slot: Slot, item: number, path: string): Promise<boolean> {
  const { journal } = work.job;
  const { children, foreign } = await slot.during('journal', () => journal.heldBy(item));
  if (foreign || children === 0) return false;
  let same = 0;
  for await (const batch of work.sourceFor(slot).list(path)) {
    if (!batch.ok || work.control.ending) return false;
    const entries = batch.value.map((entry) => ({ ...entry, destinationName: undefined }));
    same += await slot.during('journal', () => journal.countSame(item, entries));
    if (isSameFolder({ children, same })) return true;
  }
  return false;
}

async function move(
  { work, slot }: FollowParts,
  entry: JudgedEntry,
  copy: MovedCopy,
  placeOf: () => Promise<Place>,
): Promise<JudgedEntry | undefined> {
  if (copy.there) {
    // By whom is not known: all that is known of its content is how it looks.
    const grade = copy.grade === 'rewritten' ? 'rewritten' : 'size-equal';
    return recorded(entry, { ...copy, grade }, { id: copy.id, tag: copy.tag ?? '', hash: undefined });
  }
  const place = await placeOf();
  const order = place && orderOf(entry, copy, place.id);
  if (!order) return undefined;
  const moved = await ask(work, slot, 'committing', (options) => work.job.destination.move(order, options));
  if (!moved?.ok) return undefined;
  if (entry.kind === 'folder') return recorded(entry, copy, undefined);
  return isAsLeft(entry, moved.value) ? recorded(entry, copy, moved.value) : undefined;
}

function orderOf(entry: JudgedEntry, { id, tag, from }: MovedCopy, parent: string): Move | undefined {
  const to = { parent, name: entry.destinationName ?? entry.name };
  if (entry.kind === 'folder') return { kind: 'folder', id, from, to };
  const times = timesToKeep(entry.created, entry.modified);
  return tag === undefined ? undefined : { kind: 'file', id, tag, from, to, times };
}

function recorded(
  entry: JudgedEntry,
  { item, path, grade = 'present' }: MovedCopy,
  remote: { readonly id: string; readonly tag: string; readonly hash: string | undefined } | undefined,
): JudgedEntry {
  return {
    ...entry,
    findings: [...entry.findings, { code: 'moved-at-destination', detail: path }],
    decision: {
      do: 'settle',
      outcome: 'present',
      grade,
      code: undefined,
      remote: remote && { id: remote.id, tag: remote.tag, hash: remote.hash },
      movedFrom: item,
    },
  };
}
