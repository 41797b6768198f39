import type { Result } from '../../src-shared/model/problem.ts';
import { planName } from '../../src-shared/rules/names.ts';
import type { RemoteItem } from '../destination/destination.ts';
import type { UnlistedCopy } from '../store/journal.ts';
import { ask } from './ask.ts';
import { updateRemoteView } from './remote-view.ts';
import type { Slot } from './waits.ts';
import type { Work } from './work.ts';

/** The listing of the service may lag behind its answers: so often it is read before items are asked for one by one. */
const PASSES = 3;
const PAUSE_MS = 2_000;
const AT_ONCE = 500;

/**
 * The last look: what the destination lists is compared with what it confirmed. Grades that had no hash are settled,
 * and a copy that it does not list and does not find either has failed. Nothing is deleted.
 * @returns false when the unit ends
 */
export async function verifyCopies(work: Work, slot: Slot): Promise<boolean> {
  const { journal } = work.job;
  const { copied } = (await journal.counts()).byOutcome;
  if (copied.files + copied.folders === 0) return true;
  for (let pass = 1; ; pass++) {
    if (!(await updateRemoteView(work, slot))) return false;
    if (!(await regradeAll(work))) return false;
    const unlisted = await journal.takeUnlisted(AT_ONCE);
    if (unlisted.length === 0) return true;
    if (pass < PASSES) {
      await slot.during('backing-off', () => work.control.aside(() => work.control.sleep(PAUSE_MS * pass)));
      continue;
    }
    return findUnlisted(work, slot, unlisted);
  }
}

async function regradeAll(work: Work): Promise<boolean> {
  while (!work.control.signal.aborted) {
    if ((await work.job.journal.regrade(AT_ONCE)) === 0) return true;
  }
  return false;
}

async function findUnlisted(work: Work, slot: Slot, first: readonly UnlistedCopy[]): Promise<boolean> {
  const { journal } = work.job;
  const finder = new Finder(work, slot);
  for (let some = first; some.length > 0; some = await journal.takeUnlisted(AT_ONCE)) {
    for (const unlisted of some) {
      const found = await finder.find(unlisted.path, unlisted.kind);
      if (!found) return false;
      if (!found.ok) {
        // Whether it is there cannot be said: neither good news nor bad.
        work.control.fail(found.problem);
        return false;
      }
      if (found.value) await journal.recordRemote({ items: [found.value], deleted: [], mark: undefined });
      else {
        work.settler.settle({
          item: unlisted.item,
          outcome: 'failed',
          grade: 'missing',
          findings: [{ code: 'copy-missing' }],
        });
      }
    }
  }
  await work.settler.drained();
  return regradeAll(work);
}

/** Finds items by their path below the source, folder by folder; remembers the folders. */
class Finder {
  readonly #work: Work;
  readonly #slot: Slot;
  readonly #folders = new Map<string, Promise<Result<RemoteItem | undefined> | undefined>>();

  constructor(work: Work, slot: Slot) {
    this.#work = work;
    this.#slot = slot;
  }

  /** Undefined: the unit ends. */
  async find(path: string, kind: 'file' | 'folder'): Promise<Result<RemoteItem | undefined> | undefined> {
    const cut = path.lastIndexOf('/');
    const { root } = this.#work.job.destination;
    const parent = cut < 0 ? root.id : await this.#folderId(path.slice(0, cut));
    if (typeof parent !== 'string') return parent;
    // The same rule that named it when it was copied.
    const planned = planName(path.slice(cut + 1), {
      kind,
      atLibraryRoot: cut < 0 && root.isLibraryRoot,
    });
    if (!planned.ok) throw new Error(`a copy under a name that cannot be: ${path}`);
    return ask(this.#work, this.#slot, 'opening', (options) =>
      this.#work.job.destination.find(parent, planned.name, options),
    );
  }

  /** The id of a folder, or why there is none. */
  async #folderId(path: string): Promise<string | Result<RemoteItem | undefined> | undefined> {
    const known = this.#folders.get(path) ?? this.find(path, 'folder');
    this.#folders.set(path, known);
    const found = await known;
    return found?.ok && found.value ? found.value.id : found;
  }
}
