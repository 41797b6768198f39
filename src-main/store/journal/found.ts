import type { Statement } from 'better-sqlite3';
import type { ItemId } from '../../../src-shared/model/item.ts';
import type { Desk } from './desk.ts';
import type { ItemRow } from './item-state.ts';
import { unpackRemote } from './pack-remote.ts';

/** Which copies were there before us: taken for copies by their looks, or written over by a rule. They are not ours to delete. */
export class FoundCopies {
  readonly #desk: Desk;
  readonly #add: Statement;
  readonly #drop: Statement;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#add = desk.database.prepare('INSERT OR IGNORE INTO found (item) VALUES (?)');
    this.#drop = desk.database.prepare('DELETE FROM found WHERE item = ?');
  }

  /**
   * The copy of an item is another one from now on.
   * @param before the row with the copy that it had; undefined when it is new
   * @param id of the copy that it has now
   * @param found it was there before us
   */
  note(item: ItemId, before: ItemRow | undefined, id: string, found: boolean): void {
    const had = before && this.#copyOf(before);
    if (had === id) return;
    if (found) this.#add.run(item);
    else if (had !== undefined) this.#drop.run(item);
  }

  /** The item has no copy any more. */
  forget(item: ItemId): void {
    this.#drop.run(item);
  }

  #copyOf({ there, remote }: ItemRow): string | undefined {
    return there !== null && remote ? unpackRemote(remote, this.#desk.drives).id : undefined;
  }
}
