import type { Database } from 'better-sqlite3';
import { BulkInsert, ROWS } from '../database/bulk-insert.ts';
import type { ItemRow, KeptFileId } from './item-state.ts';
import { nameHash } from './name-hash.ts';

/** A row that is to come, its file id as it is kept. */
export interface NewItem extends Omit<ItemRow, 'id' | 'file_id'> {
  readonly file_id: KeptFileId;
}

/** See {@link isAlike}. */
const SHARED = ['parent', 'kind', 'state', 'run', 'outcome', 'grade', 'pass', 'there'];
const OWN = ['name_hash', 'name', 'size', 'modified', 'file_id'];
/** Of an item of a dry run both are missing. */
const RARE = ['remote', 'destination_name'];

/** Inserts items, many at once. */
export class ItemInserts {
  readonly #plain: BulkInsert;
  readonly #full: BulkInsert;

  constructor(database: Database) {
    this.#plain = new BulkInsert(database, 'item', SHARED, OWN);
    this.#full = new BulkInsert(database, 'item', SHARED, [...OWN, ...RARE]);
  }

  /** @returns the number of the first; those of the others follow it without a gap, as there is one writer */
  insert(rows: readonly NewItem[]): number {
    let last = 0;
    for (let at = 0; at < rows.length; ) {
      const alike = alikeFrom(rows, at);
      last = this.#insertAlike(rows.slice(at, at + alike));
      at += alike;
    }
    return last - rows.length + 1;
  }

  #insertAlike(rows: readonly NewItem[]): number {
    const [first] = rows;
    if (!first) throw new Error('nothing to insert');
    const plain = rows.every(isPlain);
    const { parent, kind, state, run, outcome, grade, pass, there } = first;
    const shared = [parent, kind, state, run, outcome, grade, pass, there];
    return plain ? this.#plain.insert(shared, rows, bindOwn) : this.#full.insert(shared, rows, bindAll);
  }
}

function bindOwn({ name, size, modified, file_id }: NewItem, values: unknown[]): void {
  values.push(nameHash(name), name, size, modified, file_id);
}

function bindAll(row: NewItem, values: unknown[]): void {
  bindOwn(row, values);
  values.push(row.remote, row.destination_name);
}

function isPlain(row: NewItem): boolean {
  return row.remote === null && row.destination_name === null;
}

/** How many rows from here on, at most those of one statement, have the shared columns in common. */
function alikeFrom(rows: readonly NewItem[], from: number): number {
  const first = rows[from];
  let to = from + 1;
  while (to - from < ROWS[0] && first && isAlike(rows[to], first)) to += 1;
  return to - from;
}

/** Column by column: to ask for columns by their names took as long as a quarter of the inserting. */
function isAlike(row: NewItem | undefined, other: NewItem): boolean {
  return (
    row !== undefined &&
    row.parent === other.parent &&
    row.kind === other.kind &&
    row.state === other.state &&
    row.run === other.run &&
    row.outcome === other.outcome &&
    row.grade === other.grade &&
    row.pass === other.pass &&
    row.there === other.there
  );
}
