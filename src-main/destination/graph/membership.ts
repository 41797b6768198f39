import { ok, type Result } from '../../../src-shared/model/problem.ts';
import type { CallOptions, RemoteItem } from '../destination.ts';
import { type DriveLink, findById } from './drive-link.ts';
import { KnownFolders } from './known-folders.ts';

/** Items by whether they are below the root; of those outside only the ids. */
export interface Sorted {
  readonly inside: RemoteItem[];
  readonly outside: string[];
}

/** Items that may wait for their parents: some 10 MB of memory. */
export const MOST_WAITING = 20_000;

/**
 * Tells which items of a drive are below a folder. Children may come before their parents, and a page of changes
 * names parents that it does not bring: those are asked for, each once.
 */
export class Membership {
  readonly #link: DriveLink;
  /** Whether a folder is the root or below it. */
  readonly #known = new KnownFolders();
  /** Items that wait for their parent to become known. */
  readonly #waiting = new Map<string, RemoteItem[]>();
  #waitingItems = 0;

  constructor(link: DriveLink, rootId: string) {
    this.#link = link;
    this.#known.set(rootId, true);
  }

  /** More is waiting than memory is meant for: it is to be settled before more comes. */
  get crowded(): boolean {
    return this.#waitingItems > MOST_WAITING;
  }

  /** Sorts what can be sorted, items that waited for these folders included; the rest waits. */
  sort(items: readonly RemoteItem[]): Sorted {
    const sorted: Sorted = { inside: [], outside: [] };
    // A folder that was moved is no longer where it was known to be.
    for (const item of items) if (item.kind === 'folder') this.#known.doubt(item.id);
    // Grows while it is gone through; the order stays, since the last mention of an item is the one that counts.
    const pending = [...items];
    for (const item of pending) {
      const inside = this.#known.get(item.parent);
      if (inside === undefined) {
        this.#waitingItems += 1;
        const others = this.#waiting.get(item.parent);
        if (others === undefined) this.#waiting.set(item.parent, [item]);
        else others.push(item);
        continue;
      }
      if (inside) sorted.inside.push(item);
      else sorted.outside.push(item.id);
      // One by one: spread as arguments, some hundred thousand are more than the stack holds.
      if (item.kind === 'folder') for (const waited of this.#decide(item.id, inside)) pending.push(waited);
    }
    return sorted;
  }

  /** Asks for the parents that nobody brought, and sorts all that waited. */
  async settle(options: CallOptions): Promise<Result<Sorted>> {
    const sorted: Sorted = { inside: [], outside: [] };
    for (;;) {
      const [parent] = this.#waiting.keys();
      if (parent === undefined) return ok(sorted);
      const found = await this.#lookUp(parent, options);
      if (!found.ok) return found;
      for (const folder of found.value.passed) {
        const rest = this.sort(this.#decide(folder, found.value.inside));
        for (const item of rest.inside) sorted.inside.push(item);
        for (const id of rest.outside) sorted.outside.push(id);
      }
    }
  }

  #decide(folder: string, inside: boolean): readonly RemoteItem[] {
    this.#known.set(folder, inside);
    const waiting = this.#waiting.get(folder) ?? [];
    this.#waiting.delete(folder);
    this.#waitingItems -= waiting.length;
    return waiting;
  }

  /** Climbs until a folder is known, or the root of the drive is reached, which is outside. All that it passed are on the same side. */
  async #lookUp(
    folder: string,
    options: CallOptions,
  ): Promise<Result<{ readonly passed: readonly string[]; readonly inside: boolean }>> {
    const passed: string[] = [];
    for (let at = folder; ; ) {
      const inside = this.#known.get(at);
      if (inside !== undefined) return ok({ passed, inside });
      passed.push(at);
      const found = await findById(this.#link, at, options);
      if (!found.ok) return found;
      const parent = found.value?.parentReference?.id;
      // Deleted meanwhile, or the root of the drive.
      if (parent === undefined || parent === '') return ok({ passed, inside: false });
      at = parent;
    }
  }
}
