import type { Database, Statement } from 'better-sqlite3';
import type { ItemFilter, ItemRow } from '../../../src-shared/contract/console-types.ts';
import type { SurveyStep } from '../run-results.ts';
import type { Served } from '../thread/group-commit.ts';
import { marksAsked } from './item-mark.ts';
import {
  isFound,
  isRoot,
  type KeptFinding,
  type KeptRow,
  parentOf,
  shownRow,
  surveyItem,
} from './result-row.ts';
import { codeMark, STRETCH, stretchOf } from './stretch.ts';
import { totalOf } from './totals.ts';

/** Stretches that one step looks at, so that a search which finds little does not hold the thread from other pages. */
const STEP_STRETCHES = 200;
const KEPT_PATH_CHARACTERS = 1_000_000;

/** A piece of a page: `next` is where to go on, null at the end. */
export interface PageStep {
  readonly items: readonly ItemRow[];
  readonly next: number | null;
}

const NO_CODES: readonly string[] = [];
const NO_FINDINGS: readonly KeptFinding[] = [];

/** The reader of a run's results, on a connection of its own: the writer is never held up by a screen. */
class Pages {
  readonly #database: Database;
  readonly #paths = new Map<number, string>();
  #characters = 0;
  readonly #findings: Statement<[number, number], KeptFinding & { readonly item: number }>;
  readonly #named: Statement<[number], { id: number; parent: number; name: string }>;
  readonly #codeNo: Statement<[string], number>;
  readonly #surveyed: Statement<[number, number], KeptRow>;
  readonly #surveyedCodes: Statement<[number, number], { readonly item: number; readonly code: string }>;

  constructor(database: Database) {
    this.#database = database;
    database.function('contains_text', { deterministic: true }, (name: unknown, text: unknown) =>
      String(name).toLowerCase().includes(String(text)) ? 1 : 0,
    );
    this.#findings = database.prepare(
      'SELECT item, code.text AS code, detail FROM finding JOIN code ON code.no = finding.code WHERE item BETWEEN ? AND ? ORDER BY item, finding.no',
    );
    this.#named = database.prepare('SELECT id, parent, name FROM item WHERE id = ?');
    this.#surveyed = database.prepare('SELECT * FROM item WHERE id > ? ORDER BY id LIMIT ?');
    this.#surveyedCodes = database.prepare(
      'SELECT item, code.text AS code FROM finding JOIN code ON code.no = finding.code WHERE item > ? AND item <= ?',
    );
    this.#codeNo = database.prepare<[string], number>('SELECT no FROM code WHERE text = ?').pluck();
  }

  total(filter: ItemFilter): number | null {
    return totalOf(this.#database, filter);
  }

  /** Goes on after an item until there are enough, or enough was looked at. */
  step(filter: ItemFilter, after: number, limit: number): PageStep {
    const { where, rows, values } = this.#query(filter);
    const stretches = where.all(stretchOf(after), ...values.where, STEP_STRETCHES);
    const items: ItemRow[] = [];
    for (const no of stretches) {
      const first = Math.max(no * STRETCH, after + 1);
      const found = rows.all(first, (no + 1) * STRETCH, ...values.rows, limit - items.length);
      const said = this.#said(found);
      for (const row of found) items.push(shownRow(row, this.#path(row), said.get(row.id) ?? NO_FINDINGS));
      if (items.length === limit) return { items, next: found.at(-1)?.id ?? null };
    }
    const last = stretches.at(-1);
    const more = stretches.length === STEP_STRETCHES && last !== undefined;
    return { items, next: more ? (last + 1) * STRETCH - 1 : null };
  }

  /** What was said of rows of one stretch, by their numbers: one question for all of them. */
  #said(rows: readonly KeptRow[]): ReadonlyMap<number, readonly KeptFinding[]> {
    const said = new Map<number, KeptFinding[]>();
    const [first, last] = [rows[0], rows.at(-1)];
    if (first === undefined || last === undefined) return said;
    for (const finding of this.#findings.all(first.id, last.id)) {
      const before = said.get(finding.item);
      if (before) before.push(finding);
      else said.set(finding.item, [finding]);
    }
    return said;
  }

  /** The next items in the order of their numbers, folders before what is in them, with all that a survey counts. */
  survey(after: number, limit: number): SurveyStep {
    const rows = this.#surveyed.all(after, limit);
    const last = rows.at(-1)?.id;
    if (last === undefined) return { items: [], next: null };
    const codes = new Map<number, string[]>();
    for (const { item, code } of this.#surveyedCodes.all(after, last)) {
      const said = codes.get(item);
      if (said) said.push(code);
      else codes.set(item, [code]);
    }
    const items = rows.filter(isFound).map((row) => surveyItem(row, codes.get(row.id) ?? NO_CODES));
    return { items, next: rows.length === limit ? last : null };
  }

  #query(filter: ItemFilter): Query {
    const { code, text = '' } = filter;
    const where = [marksAsked(filter)];
    const rows = [marksAsked(filter)];
    const values: { where: number[]; rows: (number | string)[] } = { where: [], rows: [] };
    if (code !== undefined) {
      const no = this.#codeNo.get(code) ?? NO_CODE;
      where.push('EXISTS (SELECT 1 FROM stretch AS said WHERE said.no = stretch.no AND said.mark = ?)');
      values.where.push(codeMark(no));
      rows.push('EXISTS (SELECT 1 FROM finding WHERE finding.item = item.id AND finding.code = ?)');
      values.rows.push(no);
    }
    if (text !== '') {
      // SQLite knows upper and lower case of ASCII only, and is three times as fast.
      const ascii = /^[ -~]*$/.test(text);
      rows.push(ascii ? "name LIKE '%' || ? || '%' ESCAPE '\\'" : 'contains_text(name, ?)');
      values.rows.push(ascii ? text.replace(/[\\%_]/g, '\\$&') : text.toLowerCase());
    }
    return {
      where: this.#prepared<number>(
        `SELECT DISTINCT no FROM stretch WHERE no >= ? AND ${where.join(' AND ')} ORDER BY no LIMIT ?`,
      ).pluck(),
      rows: this.#prepared<KeptRow>(
        `SELECT * FROM item WHERE id >= ? AND id < ? AND ${rows.join(' AND ')} ORDER BY id LIMIT ?`,
      ),
      values,
    };
  }

  #prepared<Row>(sql: string): Statement<unknown[], Row> {
    return this.#database.prepare<unknown[], Row>(sql);
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

/** Where a filter has to look, and what it takes from there. */
interface Query {
  readonly where: Statement<unknown[], number>;
  readonly rows: Statement<unknown[], KeptRow>;
  readonly values: { readonly where: readonly number[]; readonly rows: readonly (number | string)[] };
}

/** Codes of a file are numbered from 1. */
const NO_CODE = 0;

export type PagesProcedures = ReturnType<typeof pagesProcedures>;

function pagesProcedures(pages: Pages) {
  return {
    step: (filter: ItemFilter, after: number, limit: number) => pages.step(filter, after, limit),
    total: (filter: ItemFilter) => pages.total(filter),
    survey: (after: number, limit: number) => pages.survey(after, limit),
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
