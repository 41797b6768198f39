import type { Statement } from 'better-sqlite3';
import { type ItemId, outcomes } from '../../../src-shared/model/item.ts';
import type { KeptNames, KeptNamesMark } from '../journal.ts';
import type { Desk } from './desk.ts';
import { COPIED, type ItemRow, STATE } from './item-state.ts';

const PAGE = 5_000;
const GOES = [COPIED, outcomes.indexOf('present'), outcomes.indexOf('planned')];

interface NameRow {
  readonly id: number;
  readonly name: string;
  readonly name_hash: number;
  readonly destination_name: string | null;
}

/**
 * Names at the destination that are not up for choice any more: something stands there under them, or may do so any moment.
 * A listing that is repeated after a kill finds its own decisions so.
 */
export class KeptNamesOf {
  readonly #desk: Desk;
  readonly #upload: Statement<[ItemId], number>;
  readonly #page: Statement<[number, number, number, number], NameRow>;

  constructor(desk: Desk) {
    const { database } = desk;
    this.#desk = desk;
    this.#upload = database.prepare<[ItemId], number>('SELECT 1 FROM upload WHERE item = ?').pluck();
    this.#page = database.prepare(
      `SELECT id, name, name_hash, destination_name FROM item
       WHERE parent = ? AND (name_hash, id) > (?, ?)
         AND (there IS NOT NULL
           OR (run = ? AND (state <> ${STATE.settled} OR outcome IN (${GOES.join(', ')})))
           OR id IN (SELECT item FROM upload))
       ORDER BY name_hash, id LIMIT ${PAGE}`,
    );
  }

  /** Undefined: it has none yet. */
  of(row: ItemRow): string | undefined {
    return this.#keeps(row) ? (row.destination_name ?? row.name) : undefined;
  }

  page(folder: ItemId, after: KeptNamesMark = { hash: -32_769, item: 0 }): KeptNames {
    const rows = this.#page.all(folder, after.hash, after.item, this.#desk.mark);
    const last = rows.length === PAGE ? rows.at(-1) : undefined;
    return {
      names: rows.map((row) => ({ name: row.name, destinationName: row.destination_name ?? row.name })),
      next: last && { hash: last.name_hash, item: last.id },
    };
  }

  #keeps(row: ItemRow): boolean {
    if (row.there !== null) return true;
    if (row.run !== this.#desk.mark) return this.#upload.get(row.id) !== undefined;
    return row.state !== STATE.settled || (row.outcome !== null && GOES.includes(row.outcome));
  }
}
