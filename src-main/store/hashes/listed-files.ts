import type { Database, Statement } from 'better-sqlite3';
import type { ItemId } from '../../../src-shared/model/item.ts';
import { itemKinds, outcomes } from '../../../src-shared/model/item.ts';
import { openReader } from '../database/open-database.ts';
import { markOf, STATE } from '../journal/item-state.ts';
import { join, Paths } from '../journal/paths.ts';

/** A file as the last run listed it. */
export interface ListedFile {
  readonly item: ItemId;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  readonly fileId: string | undefined;
  readonly linked: boolean;
  readonly offline: boolean;
}

interface Row {
  readonly id: number;
  readonly parent: number;
  readonly name: string;
  readonly size: number;
  readonly modified: number;
  readonly file_id: string | null;
}

const LISTED = ['planned', 'present', 'copied'] as const;
const COLUMNS = 'id, parent, name, size, modified, CAST(file_id AS TEXT) AS file_id';

/** The files that the last run of a task found and would copy, read beside whoever writes the journal. Synchronous, in small pieces. */
export class ListedFiles {
  /** Number of the journal's last run; -1 before the first. */
  readonly run: number;
  readonly #database: Database;
  readonly #mark: number;
  readonly #paths: Paths;
  readonly #after: Statement<[number, number, number, number], Row>;
  readonly #one: Statement<[number], Row>;
  readonly #said: Statement<[string, number, number], number>;

  /** @param file the journal. @throws ProblemError as stores do */
  constructor(file: string) {
    const database = openReader(file);
    this.#database = database;
    const meta = database.prepare<[string], string | number>('SELECT value FROM meta WHERE key = ?').pluck();
    this.run = Number(meta.get('run') ?? -1);
    this.#mark = markOf((key) => meta.get(key));
    this.#paths = new Paths(database);
    const wanted = LISTED.map((outcome) => outcomes.indexOf(outcome)).join(', ');
    this.#after = database.prepare(
      `SELECT ${COLUMNS} FROM item WHERE id > ? AND run = ? AND state = ${STATE.settled} AND size >= ?
       AND kind = ${itemKinds.indexOf('file')} AND outcome IN (${wanted}) ORDER BY id LIMIT ?`,
    );
    this.#one = database.prepare(`SELECT ${COLUMNS} FROM item WHERE id = ?`);
    this.#said = database
      .prepare<[string, number, number], number>(
        'SELECT item FROM finding WHERE code = (SELECT no FROM code WHERE text = ?) AND item BETWEEN ? AND ?',
      )
      .pluck();
  }

  /** The next files of at least so many bytes, in the order of their numbers. */
  after(item: ItemId, leastBytes: number, limit: number): readonly ListedFile[] {
    const rows = this.#after.all(item, this.#mark, leastBytes, limit);
    const [first, last] = [rows[0]?.id ?? 0, rows.at(-1)?.id ?? 0];
    const linked = new Set(this.#said.all('hard-link', first, last));
    const offline = new Set(this.#said.all('offline-file', first, last));
    return rows.map((row) => ({
      ...listed(row),
      linked: linked.has(row.id),
      offline: offline.has(row.id),
    }));
  }

  /** Where a file of the run lies below the source, and what it was. */
  find(item: ItemId): { readonly path: string } & Pick<ListedFile, 'size' | 'modified' | 'fileId'> {
    const row = this.#one.get(item);
    if (!row) throw new Error(`there is no item ${item}`);
    return { ...listed(row), path: join(this.#paths.of(row.parent).path, row.name) };
  }

  close(): void {
    this.#database.close();
  }
}

function listed({ id, size, modified, file_id }: Row): Omit<ListedFile, 'linked' | 'offline'> {
  return { item: id, size, modified, fileId: file_id ?? undefined };
}
