import type { Database, Statement } from 'better-sqlite3';
import { type ItemRow, packFileId } from './item-state.ts';
import { nameHash } from './name-hash.ts';

export type NewItem = Omit<ItemRow, 'id'>;

/** Rows to a statement: half of the time of an insert is to begin and end a statement (November 2026; 50 are no faster than 25). */
const MANY = 25;

const COLUMNS = `parent, name_hash, name, kind, state, run, outcome, grade, pass, there, size, modified, file_id, remote,
  destination_name`;
const ROW = `(${COLUMNS.replace(/\w+/g, '?')})`;

/** Inserts items, many at once. */
export class ItemInserts {
  readonly #one: Statement;
  readonly #many: Statement;

  constructor(database: Database) {
    const into = `INSERT INTO item (${COLUMNS}) VALUES`;
    this.#one = database.prepare(`${into} ${ROW}`);
    this.#many = database.prepare(`${into} ${Array(MANY).fill(ROW).join()}`);
  }

  /** @returns the number of the first; those of the others follow it without a gap, as there is one writer */
  insert(rows: readonly NewItem[]): number {
    let last = 0;
    let at = 0;
    for (; at + MANY <= rows.length; at += MANY) last = run(this.#many, rows, at, at + MANY);
    for (; at < rows.length; at += 1) last = run(this.#one, rows, at, at + 1);
    return last - rows.length + 1;
  }
}

function run(statement: Statement, rows: readonly NewItem[], from: number, to: number): number {
  const values: unknown[] = [];
  for (let i = from; i < to; i += 1) {
    const row = rows[i];
    if (!row) break;
    values.push(
      row.parent,
      nameHash(row.name),
      row.name,
      row.kind,
      row.state,
      row.run,
      row.outcome,
      row.grade,
    );
    values.push(row.pass, row.there, row.size, row.modified, packFileId(row.file_id ?? undefined));
    values.push(row.remote, row.destination_name);
  }
  return Number(statement.run(values).lastInsertRowid);
}
