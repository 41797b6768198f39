import type { Database, Statement } from 'better-sqlite3';
import type { ItemRow, KeptFileId } from './item-state.ts';
import { nameHash } from './name-hash.ts';

/** A row that is to come, its file id as it is kept. */
export interface NewItem extends Omit<ItemRow, 'id' | 'file_id'> {
  readonly file_id: KeptFileId;
}

/** Rows to a statement. Half of the time of an insert is to begin and end its statement; 50 are no faster than 25 (November 2026). */
const SIZES = [25, 5, 1] as const;

/** What rows of one statement have in common: bound once, and not for each. See {@link isAlike}. */
const SHARED = ['parent', 'state', 'run', 'outcome', 'grade', 'pass', 'there'];
const OWN = ['name_hash', 'name', 'kind', 'size', 'modified', 'file_id'];
/** Of an item of a dry run both are missing. */
const RARE = ['remote', 'destination_name'];

/** Inserts items, many at once. */
export class ItemInserts {
  readonly #plain: readonly Statement[];
  readonly #full: readonly Statement[];

  constructor(database: Database) {
    this.#plain = SIZES.map((size) => database.prepare(sqlFor(size, OWN)));
    this.#full = SIZES.map((size) => database.prepare(sqlFor(size, [...OWN, ...RARE])));
  }

  /** @returns the number of the first; those of the others follow it without a gap, as there is one writer */
  insert(rows: readonly NewItem[]): number {
    let last = 0;
    for (let at = 0; at < rows.length; ) {
      const index = SIZES.findIndex((size) => size <= alikeFrom(rows, at));
      const count = SIZES[index] ?? 1;
      last = this.#run(rows, at, count, index);
      at += count;
    }
    return last - rows.length + 1;
  }

  #run(rows: readonly NewItem[], from: number, count: number, index: number): number {
    const [first] = rows.slice(from, from + 1);
    if (!first) throw new Error('nothing to insert');
    const plain = allPlain(rows, from, count);
    const values: unknown[] = [first.parent, first.state, first.run];
    values.push(first.outcome, first.grade, first.pass, first.there);
    for (let i = from; i < from + count; i += 1) {
      const row = rows[i] ?? first;
      values.push(nameHash(row.name), row.name, row.kind, row.size, row.modified, row.file_id);
      if (!plain) values.push(row.remote, row.destination_name);
    }
    const statement = (plain ? this.#plain : this.#full)[index];
    return Number(statement?.run(values).lastInsertRowid);
  }
}

function allPlain(rows: readonly NewItem[], from: number, count: number): boolean {
  for (let i = from; i < from + count; i += 1) {
    const row = rows[i];
    if (row && (row.remote !== null || row.destination_name !== null)) return false;
  }
  return true;
}

/** How many rows from here on, at most those of one statement, have the shared columns in common. */
function alikeFrom(rows: readonly NewItem[], from: number): number {
  const first = rows[from];
  let to = from + 1;
  while (to - from < SIZES[0] && first && isAlike(rows[to], first)) to += 1;
  return to - from;
}

/** Column by column: to ask for columns by their names took as long as a quarter of the inserting. */
function isAlike(row: NewItem | undefined, other: NewItem): boolean {
  return (
    row !== undefined &&
    row.parent === other.parent &&
    row.state === other.state &&
    row.run === other.run &&
    row.outcome === other.outcome &&
    row.grade === other.grade &&
    row.pass === other.pass &&
    row.there === other.there
  );
}

function sqlFor(size: number, own: readonly string[]): string {
  const row = `(${own.map(() => '?').join()})`;
  const values = Array(size).fill(row).join();
  return `INSERT INTO item (${[...SHARED, ...own].join()})
    SELECT shared.*, own.* FROM (SELECT ${SHARED.map(() => '?').join()}) AS shared CROSS JOIN (VALUES ${values}) AS own`;
}
