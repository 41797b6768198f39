import type { ItemId } from '../../src-shared/model/item.ts';

const FIRST_MS = 2_000;
const LONGEST_MS = 60_000;
/** An upload without traffic lives about 15 minutes (onedrive-api-docs#1260); then its name is free. */
const GIVE_UP_MS = 20 * 60_000;

interface Blocked {
  readonly since: number;
  readonly tries: number;
}

/**
 * Names that an unfinished upload holds of which nobody knows the address: what was being opened when a process was
 * killed. Nothing can be done but to ask again. Time is handed in, milliseconds since 1970.
 */
export class BlockedNames {
  readonly #blocked = new Map<ItemId, Blocked>();

  /** The name of the item is blocked. Milliseconds until it is to be tried again; undefined when it has been waited for long enough. */
  pause(item: ItemId, now: number): number | undefined {
    const { since, tries } = this.#blocked.get(item) ?? { since: now, tries: 0 };
    if (now - since >= GIVE_UP_MS) return undefined;
    this.#blocked.set(item, { since, tries: tries + 1 });
    return Math.min(LONGEST_MS, FIRST_MS * 2 ** tries);
  }

  free(item: ItemId): void {
    this.#blocked.delete(item);
  }
}
