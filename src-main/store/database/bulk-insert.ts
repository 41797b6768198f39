import type { Database, Statement } from 'better-sqlite3';

/** Rows to a statement. Half of the time of an insert is to begin and end its statement; 50 are no faster than 25 (November 2026). */
export const ROWS = [25, 5, 1] as const;

/** Inserts rows, many to a statement. */
export class BulkInsert {
  readonly #shared: number;
  readonly #own: number;
  readonly #statements: readonly Statement[];

  /**
   * @param shared columns that all rows of a call have in common: bound once to a statement, and not for each row
   * @param own the other columns
   */
  constructor(database: Database, table: string, shared: readonly string[], own: readonly string[]) {
    this.#shared = shared.length;
    this.#own = own.length;
    this.#statements = ROWS.map((rows) => database.prepare(sqlFor(table, shared, own, rows)));
  }

  /**
   * @param shared values of the shared columns
   * @param values of the other columns, row after row
   * @returns the number of the last row, where the table numbers them
   */
  insert(shared: readonly unknown[], values: readonly unknown[]): number {
    if (shared.length !== this.#shared || values.length % this.#own !== 0)
      throw new Error('values are missing');
    let last = 0;
    for (let at = 0; at < values.length; ) {
      const left = (values.length - at) / this.#own;
      const index = ROWS.findIndex((rows) => rows <= left);
      const to = at + (ROWS[index] ?? 1) * this.#own;
      const bound = [...shared, ...values.slice(at, to)];
      last = Number(this.#statements[index]?.run(bound).lastInsertRowid);
      at = to;
    }
    return last;
  }
}

function sqlFor(table: string, shared: readonly string[], own: readonly string[], rows: number): string {
  const row = `(${own.map(() => '?').join()})`;
  const values = Array(rows).fill(row).join();
  const columns = [...shared, ...own].join();
  if (shared.length === 0) return `INSERT INTO ${table} (${columns}) VALUES ${values}`;
  return `INSERT INTO ${table} (${columns})
    SELECT shared.*, own.* FROM (SELECT ${shared.map(() => '?').join()}) AS shared CROSS JOIN (VALUES ${values}) AS own`;
}
