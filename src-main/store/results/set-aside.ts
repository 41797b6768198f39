import type { Database, Statement } from 'better-sqlite3';
import { addTally, noTally, type Tally } from '../../../src-shared/model/counts.ts';
import { grades, itemKinds, outcomes } from '../../../src-shared/model/item.ts';
import type { Accounts } from '../database/accounts.ts';
import { markedBy, markOf } from './item-mark.ts';
import { GONE, idOf, isRoot, type KeptRow, parentOf, UNIT_ITEMS } from './result-row.ts';
import { ENDED, type ResultUnits, SET_ASIDE, type UnitRow } from './result-units.ts';

const COPIED = outcomes.indexOf('copied');
const PRESENT = outcomes.indexOf('present');
const FOLDER = itemKinds.indexOf('folder');

/** So many folders are remembered with where they were before; more are looked for again. */
const KEPT_FOLDERS = 100_000;

/** Whether a new word about a path only says that what had been copied there is there. */
export function agrees(before: KeptRow, now: KeptRow): boolean {
  const [was, is] = [markedBy(before.mark), markedBy(now.mark)];
  if (was.outcome !== COPIED || is.outcome !== PRESENT || was.kind !== is.kind) return false;
  return was.kind === FOLDER || (before.size === now.size && before.modified === now.modified);
}

/** The new word as what it means: copied, with the grade that was told then. */
export function stillCopied(before: KeptRow, now: KeptRow): KeptRow {
  return { ...now, mark: before.mark, destination_name: now.destination_name ?? before.destination_name };
}

/**
 * What generations of units told that are over: it counts no more, and what is told anew is compared with it by path. There is no
 * index on paths; while a generation is set aside it has one of its own on folders and names.
 */
export class SetAside {
  readonly #database: Database;
  readonly #accounts: Accounts;
  readonly #units: ResultUnits;
  readonly #item: Statement<[number], KeptRow>;
  readonly #finders = new Map<number, Statement<[number, string], KeptRow>>();
  /** By generation: folders of the new one, and what they were in that one. */
  readonly #folders = new Map<number, Map<number, number | undefined>>();

  constructor(database: Database, accounts: Accounts, units: ResultUnits) {
    this.#database = database;
    this.#accounts = accounts;
    this.#units = units;
    this.#item = database.prepare('SELECT * FROM item WHERE id = ?');
  }

  /** A generation counts no more. */
  put(unit: UnitRow): void {
    this.book(unit, -1);
    this.#units.save({ ...unit, state: SET_ASIDE }, unit);
    this.#index(unit);
  }

  /** What a generation had told of the path of a new row. */
  find(unit: UnitRow, row: KeptRow): KeptRow | undefined {
    if (isRoot(row.id)) return this.#item.get(idOf(unit.no, 1));
    const folder = this.#folder(unit, parentOf(row));
    return folder === undefined ? undefined : this.#finder(unit).get(folder % UNIT_ITEMS, row.name);
  }

  /** What was told of an item has been told again. The name of a folder stays, for the paths of what is in it. */
  consume(row: KeptRow): void {
    const { kind } = markedBy(row.mark);
    if (kind === FOLDER) this.#rename(row.id, kind);
    else this.#database.prepare('DELETE FROM item WHERE id = ?').run(row.id);
    this.#database.prepare('DELETE FROM finding WHERE item = ?').run(row.id);
  }

  /** What was told as copied and not told again was copied all the same, and what is gone stays gone; the rest is forgotten. */
  putBack(unit: UnitRow): void {
    this.#database.exec(`DROP INDEX IF EXISTS aside_${unit.no}`);
    this.#finders.delete(unit.no);
    this.#folders.delete(unit.no);
    const rest = `${rangeOf(unit)} AND mark / 32 NOT IN (${COPIED}, ${GONE})`;
    this.#database.exec(
      `DELETE FROM finding WHERE ${rangeOf(unit, 'item')} AND item IN (SELECT id FROM item WHERE ${rest});
       DELETE FROM item WHERE ${rest} AND mark % 4 <> ${FOLDER};
       UPDATE item SET mark = ${namedMark(FOLDER)} WHERE ${rest}`,
    );
    const found = this.book(unit, 1);
    this.#units.save({ ...unit, ...found, state: ENDED }, unit);
  }

  /** What a generation has told an outcome of. */
  tally(unit: UnitRow): Tally {
    return this.#byMark(unit)
      .filter(([mark]) => outcomes[markedBy(mark).outcome ?? GONE] !== undefined)
      .map(([, tally]) => tally)
      .reduce(addTally, noTally);
  }

  /** Takes all that a generation has told out of the counters, or puts it in. Returns what of it was found. */
  book(unit: UnitRow, sign: 1 | -1): Tally {
    let found = noTally;
    for (const [mark, tally] of this.#byMark(unit)) {
      const { outcome, grade, kind } = markedBy(mark);
      const name = outcome === null ? undefined : outcomes[outcome];
      if (outcome === GONE) this.#accounts.add('gone', tally, sign);
      if (name === undefined) continue;
      found = addTally(found, tally);
      this.#accounts.add(`outcome ${name}`, tally, sign);
      const graded = grade === null || itemKinds[kind] !== 'file' ? undefined : grades[grade];
      if (graded !== undefined) this.#accounts.add(`grade ${graded}`, tally, sign);
    }
    const codes = this.#database.prepare<[], { code: number; kind: number; items: number; bytes: number }>(
      `SELECT code, mark % 4 AS kind, count(*) AS items, sum(size) AS bytes
       FROM (SELECT DISTINCT item, code FROM finding WHERE ${rangeOf(unit, 'item')}) JOIN item ON item.id = item
       WHERE mark / 32 <> ${namedMark(0) >> 5} GROUP BY code, kind`,
    );
    for (const { code, ...of } of codes.all()) this.#accounts.add(`code ${code}`, tallyOf(of), sign);
    return found;
  }

  /** Statements and folders are known by numbers that an undone call may have given. */
  reload(): void {
    this.#finders.clear();
    this.#folders.clear();
  }

  #byMark(unit: UnitRow): [number, Tally][] {
    const rows = this.#database.prepare<[], { mark: number; items: number; bytes: number }>(
      `SELECT mark, count(*) AS items, sum(size) AS bytes FROM item WHERE ${rangeOf(unit)} GROUP BY mark`,
    );
    return rows.all().map(({ mark, ...of }) => [mark, tallyOf({ kind: mark & 3, ...of })]);
  }

  /** What a folder of the new generation was in an earlier one. */
  #folder(unit: UnitRow, folder: number): number | undefined {
    if (isRoot(folder)) return idOf(unit.no, 1);
    let known = this.#folders.get(unit.no);
    if (known === undefined || known.size > KEPT_FOLDERS) {
      known = new Map();
      this.#folders.set(unit.no, known);
    }
    if (known.has(folder)) return known.get(folder);
    const row = this.#item.get(folder);
    const before = row && this.find(unit, row)?.id;
    known.set(folder, before);
    return before;
  }

  #finder(unit: UnitRow): Statement<[number, string], KeptRow> {
    let finder = this.#finders.get(unit.no);
    if (finder === undefined) {
      this.#index(unit);
      finder = this.#database.prepare(
        `SELECT * FROM item INDEXED BY aside_${unit.no} WHERE ${rangeOf(unit)} AND parent = ? AND name = ?`,
      );
      this.#finders.set(unit.no, finder);
    }
    return finder;
  }

  #index(unit: UnitRow): void {
    this.#database.exec(
      `CREATE INDEX IF NOT EXISTS aside_${unit.no} ON item (parent, name) WHERE ${rangeOf(unit)}`,
    );
  }

  #rename(id: number, kind: number): void {
    this.#database.prepare('UPDATE item SET mark = ? WHERE id = ?').run(namedMark(kind), id);
  }
}

/** The mark of what has only been named. */
function namedMark(kind: number): number {
  return markOf({ kind, outcome: null, grade: null });
}

/** The items of a generation, as a condition in SQL: with numbers, for an index with a condition is only used by what says the same. */
function rangeOf({ no }: UnitRow, column = 'id'): string {
  return `${column} >= ${no * UNIT_ITEMS} AND ${column} < ${(no + 1) * UNIT_ITEMS}`;
}

function tallyOf({ kind, items, bytes }: { kind: number; items: number; bytes: number }): Tally {
  const name = itemKinds[kind];
  if (name === 'file') return { ...noTally, files: items, bytes };
  return name === 'folder' ? { ...noTally, folders: items } : { ...noTally, others: items };
}
