import type { Statement } from 'better-sqlite3';
import { type ItemId, ROOT_ITEM } from '../../../src-shared/model/item.ts';
import type { Desk } from './desk.ts';
import { type ItemRow, LISTING, MAKING, STATE } from './item-state.ts';

export interface FolderRow {
  readonly item: number;
  readonly listing: number;
  readonly making: number;
}

/** What is to be listed and made, with the counters of both. */
export class Folders {
  readonly #desk: Desk;
  readonly #get: Statement<[number], FolderRow>;
  readonly #save: Statement;
  readonly #freeFiles: Statement;
  readonly #parkFiles: Statement;
  readonly #foldersIn: Statement<[number, number, number, number], number>;

  constructor(desk: Desk) {
    this.#desk = desk;
    const { database } = desk;
    this.#get = database.prepare('SELECT item, listing, making FROM folder WHERE item = ?');
    this.#save = database.prepare(
      `INSERT INTO folder (item, listing, making) VALUES (?, ?, ?)
       ON CONFLICT (item) DO UPDATE SET listing = excluded.listing, making = excluded.making`,
    );
    this.#freeFiles = database.prepare(
      `UPDATE item SET state = ${STATE.ready} WHERE parent = ? AND state = ${STATE.waiting} AND kind = 0 AND run = ?`,
    );
    this.#parkFiles = database.prepare(
      `UPDATE item SET state = ${STATE.waiting} WHERE parent = ? AND state IN (${STATE.ready}, ${STATE.again}) AND kind = 0 AND run = ?`,
    );
    this.#foldersIn = database
      .prepare<[number, number, number, number], number>(
        `SELECT folder.item FROM item CROSS JOIN folder ON folder.item = item.id
         WHERE item.parent = ? AND item.kind = 1 AND item.run = ? AND folder.making = ? AND item.id > ?
         ORDER BY item.id LIMIT 500`,
      )
      .pluck();
  }

  get(item: ItemId): FolderRow | undefined {
    return this.#get.get(item);
  }

  /** @param before the row as it was in this run; undefined when it was not yet there */
  save(row: FolderRow, before: FolderRow | undefined): void {
    this.#save.run(row.item, row.listing, row.making);
    this.#desk.accounts.count('to list', isToList(row) - isToList(before));
    this.#desk.accounts.count('to make', isToMake(row) - isToMake(before));
  }

  /**
   * A folder of this run was deleted at the destination: as long as the run has something to do, it is made again, and
   * what is to go into it waits for that. Parents are to be told before what is in them.
   */
  lost(folder: ItemRow): void {
    const row = this.get(folder.id);
    if (row?.making !== MAKING.made || folder.id === ROOT_ITEM || !this.#somethingToDo()) return;
    const parent = this.get(folder.parent);
    const making = parent?.making === MAKING.made ? MAKING.ready : MAKING.waiting;
    this.save({ ...row, making }, row);
    this.#parkFiles.run(folder.id, this.#desk.mark);
    this.#moveFolders(folder.id, MAKING.ready, MAKING.waiting);
  }

  #somethingToDo(): boolean {
    const { accounts } = this.#desk;
    return accounts.counted('to list') + accounts.counted('to make') + accounts.unsettledFiles() > 0;
  }

  /** The folder is there: what waits in it for that can go on. */
  freeChildren(folder: ItemId): void {
    this.#freeFiles.run(folder, this.#desk.mark);
    this.#moveFolders(folder, MAKING.waiting, MAKING.ready);
  }

  #moveFolders(parent: ItemId, from: number, to: number): void {
    let last = 0;
    for (;;) {
      const some = this.#foldersIn.all(parent, this.#desk.mark, from, last);
      if (some.length === 0) return;
      for (const item of some) {
        const row = this.get(item);
        if (row) this.save({ ...row, making: to }, row);
        last = item;
      }
    }
  }
}

function isToList(row: FolderRow | undefined): number {
  // What is offered is somebody's to list until it is taken.
  return row?.listing === LISTING.toDo || row?.listing === LISTING.offered ? 1 : 0;
}

function isToMake(row: FolderRow | undefined): number {
  // The root is made by whoever resolves the destination.
  if (!row || row.item === ROOT_ITEM) return 0;
  return row.making === MAKING.waiting || row.making === MAKING.ready ? 1 : 0;
}
