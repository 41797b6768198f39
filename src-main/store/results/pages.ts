import type { Database, Statement } from 'better-sqlite3';
import type { ItemFilter, ItemRow } from '../../../src-shared/contract/console-types.ts';
import { grades, itemKinds, outcomes } from '../../../src-shared/model/item.ts';
import type { Served } from '../thread/group-commit.ts';
import { isRoot, type KeptFinding, type KeptRow, parentOf, shownRow } from './result-row.ts';
import { totalOf } from './totals.ts';

/** Rows that one step looks at, so that a search which finds little does not hold the thread from other pages. */
const STEP_ROWS = 50_000;
const KEPT_PATH_CHARACTERS = 1_000_000;

/** A piece of a page: `next` is where to go on, null at the end. */
export interface PageStep {
  readonly items: readonly ItemRow[];
  readonly next: number | null;
}

/** The reader of a run's results, on a connection of its own: the writer is never held up by a screen. */
class Pages {
  readonly #database: Database;
  readonly #paths = new Map<number, string>();
  #characters = 0;
  readonly #statements = new Map<string, Statement<unknown[], KeptRow>>();
  readonly #findings: Statement<[number], KeptFinding>;
  readonly #named: Statement<[number], { id: number; parent: number; name: string }>;
  readonly #stepEnd: Statement<[number], number>;

  constructor(database: Database) {
    this.#database = database;
    database.function('contains_text', { deterministic: true }, (name: unknown, text: unknown) =>
      String(name).toLowerCase().includes(String(text)) ? 1 : 0,
    );
    this.#findings = database.prepare(
      'SELECT code.text AS code, detail FROM finding JOIN code ON code.no = finding.code WHERE item = ? ORDER BY finding.no',
    );
    this.#named = database.prepare('SELECT id, parent, name FROM item WHERE id = ?');
    this.#stepEnd = database
      .prepare<[number], number>(
        `SELECT id FROM item WHERE id > ? ORDER BY id LIMIT 1 OFFSET ${STEP_ROWS - 1}`,
      )
      .pluck();
  }

  total(filter: ItemFilter): number | null {
    return totalOf(this.#database, filter);
  }

  step(filter: ItemFilter, after: number, limit: number): PageStep {
    const { sql, values, indexed } = queryOf(filter);
    const end = indexed ? undefined : this.#stepEnd.get(after);
    const rows = this.#statement(sql).all(...values, after, end ?? Number.MAX_SAFE_INTEGER, limit);
    const items = rows.map((row) => shownRow(row, this.#path(row), this.#findings.all(row.id)));
    const last = rows.at(-1);
    if (rows.length === limit && last) return { items, next: last.id };
    return { items, next: end ?? null };
  }

  #statement(sql: string): Statement<unknown[], KeptRow> {
    const known = this.#statements.get(sql);
    if (known) return known;
    const made = this.#database.prepare<unknown[], KeptRow>(sql);
    this.#statements.set(sql, made);
    return made;
  }

  #path(row: { readonly id: number; readonly parent: number; readonly name: string }): string {
    if (isRoot(row.id)) return '';
    const folder = this.#folderPath(parentOf(row));
    return folder === '' ? row.name : `${folder}/${row.name}`;
  }

  #folderPath(id: number): string {
    if (isRoot(id)) return '';
    const kept = this.#paths.get(id);
    if (kept !== undefined) return kept;
    // Folders are told before what is in them, and keep their names within a run.
    const row = this.#named.get(id);
    if (!row) return '';
    const path = this.#path(row);
    this.#characters += path.length;
    if (this.#characters > KEPT_PATH_CHARACTERS) {
      this.#paths.clear();
      this.#characters = path.length;
    }
    this.#paths.set(id, path);
    return path;
  }
}

interface Query {
  readonly sql: string;
  readonly values: readonly unknown[];
  /** Every row that it looks at is likely to be one that is wanted. */
  readonly indexed: boolean;
}

/**
 * A filter as SQL. Partial indexes are used only where their condition stands in the query word for word
 * (SQLite, "Partial indexes", 3.1), so it does.
 */
function queryOf(filter: ItemFilter): Query {
  const terms = ['item.outcome IS NOT NULL'];
  const values: unknown[] = [];
  let indexed = Object.values(filter).every((part) => part === undefined || part === '');
  let from = 'item';
  const add = (term: string, isIndexed: boolean): void => {
    terms.push(term);
    indexed ||= isIndexed;
  };
  if (filter.code !== undefined) {
    from =
      '(SELECT DISTINCT finding.item FROM finding JOIN code ON code.no = finding.code WHERE code.text = ?) AS coded CROSS JOIN item ON item.id = coded.item';
    values.push(filter.code);
    indexed = true;
  }
  if (filter.outcome !== undefined) {
    const outcome = outcomes.indexOf(filter.outcome);
    add(outcome > 1 ? `outcome = ${outcome} AND outcome > 1` : `outcome = ${outcome}`, outcome > 1);
  }
  if (filter.grade !== undefined) {
    const grade = grades.indexOf(filter.grade);
    const rare = [1, 2, 4, 5].includes(grade);
    add(rare ? `grade = ${grade} AND grade IN (1, 2, 4, 5)` : `grade = ${grade}`, rare);
  }
  if (filter.kind !== undefined) {
    const kind = itemKinds.indexOf(filter.kind);
    add(kind > 0 ? `kind = ${kind} AND kind > 0` : 'kind = 0', kind > 0);
  }
  if (filter.text !== undefined && filter.text !== '') {
    add('contains_text(item.name, ?)', false);
    values.push(filter.text.toLowerCase());
  }
  const sql = `SELECT item.* FROM ${from} WHERE ${terms.join(' AND ')} AND item.id > ? AND item.id <= ? ORDER BY item.id LIMIT ?`;
  return { sql, values, indexed };
}

export type PagesProcedures = ReturnType<typeof pagesProcedures>;

function pagesProcedures(pages: Pages) {
  return {
    step: (filter: ItemFilter, after: number, limit: number) => pages.step(filter, after, limit),
    total: (filter: ItemFilter) => pages.total(filter),
  };
}

export function servePages(database: Database): Served<PagesProcedures> {
  const nothing = (): void => undefined;
  return {
    procedures: pagesProcedures(new Pages(database)),
    callDone: nothing,
    callUndone: nothing,
    beforeCommit: nothing,
    committed: nothing,
    groupUndone: nothing,
  };
}
