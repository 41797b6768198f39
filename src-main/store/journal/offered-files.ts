import type { Statement } from 'better-sqlite3';
import type { Desk } from './desk.ts';
import type { Folders } from './folders.ts';
import { ITEM_COLUMNS, type ItemRow, LISTING, MAKING, STATE } from './item-state.ts';
import type { Plans } from './plans.ts';

/** Items that are looked at in one step; and steps of one call, so that other calls have their turn. */
const STEP_ITEMS = 20_000;
const STEPS = 10;

/**
 * Files of this run that can be given to another machine: planned and not begun, new, with nothing in their place, and in folders that were
 * listed to their end. They are taken in the order of their numbers, so that those of a folder stay together and large and small are mixed as
 * they come.
 */
export class OfferedFiles {
  readonly #desk: Desk;
  readonly #folders: Folders;
  readonly #plans: Plans;
  readonly #window: Statement<[number, number, number], ItemRow>;
  readonly #last: Statement<[], number>;
  readonly #upload: Statement<[number], number>;
  /** Where the next call looks first. */
  #at = 0;

  constructor(desk: Desk, folders: Folders, plans: Plans) {
    const { database } = desk;
    this.#desk = desk;
    this.#folders = folders;
    this.#plans = plans;
    this.#window = database.prepare(
      `SELECT ${ITEM_COLUMNS} FROM item WHERE id > ? AND id <= ? AND state = ${STATE.ready} AND run = ?
         AND kind = 0 AND there IS NULL ORDER BY id`,
    );
    this.#last = database.prepare<[], number>('SELECT max(id) FROM item').pluck();
    this.#upload = database.prepare<[number], number>('SELECT 1 FROM upload WHERE item = ?').pluck();
  }

  /** Some of them, up to so many and about so many bytes; one at least, if there is one near. */
  some(limits: { readonly files: number; readonly bytes: number }): readonly ItemRow[] {
    const files: ItemRow[] = [];
    const fits = new Map<number, boolean>();
    let bytes = 0;
    const first = Number(this.#desk.meta('first of run') ?? 1) - 1;
    const last = this.#last.get() ?? 0;
    if (this.#at < first || this.#at >= last) this.#at = first;
    const began = this.#at;
    let wrapped = false;
    for (let step = 0; step < STEPS; step++) {
      const end = Math.min(this.#at + STEP_ITEMS, wrapped ? began : last);
      for (const row of this.#window.iterate(this.#at, end, this.#desk.mark)) {
        this.#at = row.id;
        if (!this.#isFree(row, fits)) continue;
        files.push(row);
        bytes += row.size;
        if (files.length >= limits.files || bytes >= limits.bytes) return files;
      }
      this.#at = end;
      if (wrapped && end >= began) break;
      if (end >= last) {
        if (wrapped || began === first) break;
        wrapped = true;
        this.#at = first;
      }
    }
    return files;
  }

  #isFree(row: ItemRow, fits: Map<number, boolean>): boolean {
    if (this.#desk.given.copy.has(row.id)) return false;
    let inPlace = fits.get(row.parent);
    if (inPlace === undefined) {
      const folder = this.#folders.get(row.parent);
      inPlace = folder?.listing === LISTING.done && folder.making === MAKING.made;
      fits.set(row.parent, inPlace);
    }
    return inPlace && this.#plans.get(row.id) === undefined && this.#upload.get(row.id) === undefined;
  }
}
