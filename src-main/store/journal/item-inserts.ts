import type { Database, Statement } from 'better-sqlite3';
import { type ItemRow, packFileId } from './item-state.ts';
import { nameHash } from './name-hash.ts';

export type NewItem = Omit<ItemRow, 'id'>;

/** Rows to a statement. Half of the time of an insert is to begin and end its statement; 50 are no faster than 25 (November 2026). */
const SIZES = [25, 5, 1] as const;

/** What rows of one statement have in common: bound once, and not for each. */
const SHARED = ['parent', 'state', 'run', 'outcome', 'grade', 'pass', 'there'] as const;
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
      const alike = alikeFrom(rows, at);
      const index = SIZES.findIndex((size) => size <= alike);
      const some = rows.slice(at, at + (SIZES[index] ?? 1));
      last = this.#run(some, index);
      at += some.length;
    }
    return last - rows.length + 1;
  }

  #run(rows: readonly NewItem[], index: number): number {
    const plain = rows.every((row) => row.remote === null && row.destination_name === null);
    const [first] = rows;
    const statement = (plain ? this.#plain : this.#full)[index];
    if (!first || !statement) throw new Error('nothing to insert');
    const values: unknown[] = SHARED.map((column) => first[column]);
    for (const row of rows) {
      values.push(nameHash(row.name), row.name, row.kind, row.size, row.modified);
      values.push(packFileId(row.file_id ?? undefined));
      if (!plain) values.push(row.remote, row.destination_name);
    }
    return Number(statement.run(values).lastInsertRowid);
  }
}

/** How many rows from here on, at most those of one statement, have the shared columns in common. */
function alikeFrom(rows: readonly NewItem[], from: number): number {
  const first = rows[from];
  let to = from + 1;
  while (to - from < SIZES[0] && first && isAlike(rows[to], first)) to += 1;
  return to - from;
}

function isAlike(row: NewItem | undefined, other: NewItem): boolean {
  return row !== undefined && SHARED.every((column) => row[column] === other[column]);
}

function sqlFor(size: number, own: readonly string[]): string {
  const row = `(${own.map(() => '?').join()})`;
  const values = Array(size).fill(row).join();
  return `INSERT INTO item (${[...SHARED, ...own].join()})
    SELECT shared.*, own.* FROM (SELECT ${SHARED.map(() => '?').join()}) AS shared CROSS JOIN (VALUES ${values}) AS own`;
}
