import type { Database, Statement } from 'better-sqlite3';
import type { ItemRow } from '../../../src-shared/contract/console-types.ts';
import type { ItemQuery } from '../../../src-shared/contract/item-query.ts';
import type { SurveyStep } from '../run-results.ts';
import type { Served } from '../thread/group-commit.ts';
import { FolderLengths } from './folder-lengths.ts';
import { marksAsked } from './item-mark.ts';
import {
  idOf,
  isFound,
  isRoot,
  type KeptFinding,
  type KeptRow,
  parentOf,
  shownRow,
  surveyItem,
  UNIT_ITEMS,
  unitNoOf,
} from './result-row.ts';
import { SET_ASIDE } from './result-units.ts';
import { codeMark, STRETCH, stretchOf } from './stretch.ts';
import { totalOf } from './totals.ts';
import { traitsInRow, traitsInSql } from './traits.ts';

/** Stretches of a unit, and a condition that leaves out what units told before they were begun anew: it counts no more. */
const UNIT_STRETCHES = UNIT_ITEMS / STRETCH;
const COUNTS = (no: string): string =>
  `NOT EXISTS (SELECT 1 FROM unit WHERE unit.no = ${no} AND unit.state = ${SET_ASIDE})`;

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
  readonly #unitPath: Statement<[number], string>;
  /** Paths of units by their numbers: they never change. */
  readonly #unitPaths = new Map<number, string>();
  /** Of a survey: the folders that units begin at, as they stand in the units that found them. By the ids of the units' roots. */
  readonly #roots = new Map<number, number>();
  #unitFolders: ReadonlyMap<string, readonly number[]> = new Map();
  /** Names of these folders: the path of another need not be put together. */
  #names: ReadonlySet<string> = new Set();
  #characters = 0;
  readonly #findings: Statement<[number, number], KeptFinding & { readonly item: number }>;
  readonly #named: Statement<[number], { id: number; parent: number; name: string }>;
  readonly #codeNo: Statement<[string], number>;
  readonly #lengths: FolderLengths;
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
    this.#surveyed = database.prepare(
      `SELECT * FROM item WHERE id > ? AND ${COUNTS(`item.id / ${UNIT_ITEMS}`)} ORDER BY id LIMIT ?`,
    );
    this.#surveyedCodes = database.prepare(
      'SELECT item, code.text AS code FROM finding JOIN code ON code.no = finding.code WHERE item > ? AND item <= ?',
    );
    this.#unitPath = database.prepare<[number], string>('SELECT path FROM unit WHERE no = ?').pluck();
    this.#lengths = new FolderLengths(database, (id) => this.#pathOfUnit(id));
    this.#codeNo = database.prepare<[string], number>('SELECT no FROM code WHERE text = ?').pluck();
  }

  total(filter: ItemQuery): number | null {
    return totalOf(this.#database, filter);
  }

  /** Goes on after an item until there are enough, or enough was looked at. */
  step(filter: ItemQuery, after: number, limit: number): PageStep {
    const { where, rows, values, fits } = this.#query(filter);
    const stretches = where.all(stretchOf(after), ...values.where, STEP_STRETCHES);
    const items: ItemRow[] = [];
    for (const no of stretches) {
      const first = Math.max(no * STRETCH, after + 1);
      const wanted = limit - items.length;
      const looked = rows.all(first, (no + 1) * STRETCH, ...values.rows, fits ? STRETCH : wanted);
      const found = fits ? looked.filter(fits).slice(0, wanted) : looked;
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
    if (after === 0) this.#beginSurvey();
    const rows = this.#surveyed.all(after, limit);
    const last = rows.at(-1)?.id;
    if (last === undefined) return { items: [], next: null };
    const codes = new Map<number, string[]>();
    for (const { item, code } of this.#surveyedCodes.all(after, last)) {
      const said = codes.get(item);
      if (said) said.push(code);
      else codes.set(item, [code]);
    }
    for (const row of rows) this.#meetRoot(row);
    const items = rows.filter(isFound).map((row) => {
      const folder = parentOf(row);
      return surveyItem(row, this.#roots.get(folder) ?? folder, codes.get(row.id) ?? NO_CODES);
    });
    return { items, next: rows.length === limit ? last : null };
  }

  /** The folders that units begin at are looked for as they come by. */
  #beginSurvey(): void {
    const units = this.#database
      .prepare<[], { no: number; path: string }>("SELECT no, path FROM unit WHERE path <> ''")
      .all();
    const byPath = Map.groupBy(units, ({ path }) => path);
    this.#roots.clear();
    this.#unitFolders = new Map([...byPath].map(([path, of]) => [path, of.map(({ no }) => idOf(no, 1))]));
    this.#names = new Set([...byPath.keys()].map((path) => path.slice(path.lastIndexOf('/') + 1)));
  }

  #meetRoot(row: KeptRow): void {
    if (!this.#names.has(row.name) || isRoot(row.id)) return;
    for (const root of this.#unitFolders.get(this.#path(row)) ?? []) this.#roots.set(root, row.id);
  }

  #query(filter: ItemQuery): Query {
    const { code, text = '', traits } = filter;
    const where = [marksAsked(filter), COUNTS(`stretch.no / ${UNIT_STRETCHES}`)];
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
    if (traits !== undefined) {
      const asked = traitsInSql(traits, (of) => this.#codeNo.get(of));
      rows.push(...asked.rows);
      values.rows.push(...asked.values);
    }
    const fits =
      traits &&
      traitsInRow(traits, {
        pathOf: (row) => this.#folderPath(parentOf(row)),
        lengthOf: (row) => this.#lengths.of(parentOf(row)),
      });
    return {
      fits,
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
    if (isRoot(row.id)) return this.#pathOfUnit(row.id);
    const folder = this.#folderPath(parentOf(row));
    return folder === '' ? row.name : `${folder}/${row.name}`;
  }

  #pathOfUnit(id: number): string {
    const no = unitNoOf(id);
    let path = this.#unitPaths.get(no);
    if (path === undefined) {
      path = this.#unitPath.get(no) ?? '';
      this.#unitPaths.set(no, path);
    }
    return path;
  }

  #folderPath(id: number): string {
    if (isRoot(id)) return this.#pathOfUnit(id);
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
  /** What only a look at each row tells. */
  readonly fits: ((row: KeptRow) => boolean) | undefined;
  readonly values: { readonly where: readonly number[]; readonly rows: readonly (number | string)[] };
}

/** Codes of a file are numbered from 1. */
const NO_CODE = 0;

export type PagesProcedures = ReturnType<typeof pagesProcedures>;

function pagesProcedures(database: Database) {
  let opened: Pages | undefined;
  const pages = (): Pages => (opened ??= new Pages(database));
  return {
    step: (filter: ItemQuery, after: number, limit: number) => pages().step(filter, after, limit),
    total: (filter: ItemQuery) => pages().total(filter),
    survey: (after: number, limit: number) => pages().survey(after, limit),
  };
}

export function servePages(database: Database): Served<PagesProcedures> {
  const nothing = (): void => undefined;
  return {
    procedures: pagesProcedures(database),
    callDone: nothing,
    callUndone: nothing,
    beforeCommit: nothing,
    committed: nothing,
    groupUndone: nothing,
  };
}
