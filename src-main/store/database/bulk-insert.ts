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
   * @param bind adds the values of the other columns of a row
   * @returns the number of the last row, where the table numbers them
   */
  insert<Row>(
    shared: readonly unknown[],
    rows: readonly Row[],
    bind: (row: Row, values: unknown[]) => void,
  ): number {
    let last = 0;
    for (let at = 0; at < rows.length; ) {
      const index = ROWS.findIndex((most) => most <= rows.length - at);
      const some = rows.slice(at, at + (ROWS[index] ?? 1));
      const values = [...shared];
      for (const row of some) bind(row, values);
      if (values.length !== this.#shared + some.length * this.#own) throw new Error('values are missing');
      // One by one: of an array better-sqlite3 asks for each value by its index, which takes as long again as to bind it.
      last = Number(this.#statements[index]?.run(...values).lastInsertRowid);
      at += some.length;
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
