import type { Database, Statement } from 'better-sqlite3';
import type { Counts, Tally } from '../../../src-shared/model/counts.ts';
import { addTally, noTally } from '../../../src-shared/model/counts.ts';
import { Accounts } from '../database/accounts.ts';
import { BulkInsert } from '../database/bulk-insert.ts';
import type { ItemFinding } from '../journal.ts';
import { type PackedResults, type PlainResult, unpackResults } from '../pack-results.ts';
import type { Served } from '../thread/group-commit.ts';
import { markedBy } from './item-mark.ts';
import { GONE, idOf, type KeptRow, keptRow } from './result-row.ts';
import { codeMark, stretchOf } from './stretch.ts';

interface UnitRow extends Tally {
  readonly no: number;
  readonly taken: number;
}

/** In the order of {@link valuesOf}. */
const COLUMNS = ['id', 'parent', 'name', 'mark', 'size', 'modified', 'destination_name'];

interface Kept {
  readonly row: KeptRow;
  readonly findings: readonly ItemFinding[];
}

/** The writer of a run's results. */
class Taking {
  readonly accounts: Accounts;
  /** The file was begun anew after it was damaged: what units told before does not come again. */
  readonly #rebuilt: boolean;
  readonly #codes = new Map<string, number>();
  readonly #codeTexts = new Map<number, string>();
  /** The stretch that was written to last, and what is noted of it. */
  #stretch: { readonly no: number; readonly marks: Set<number> } = { no: -1, marks: new Set() };
  /** By the number of a unit. */
  readonly #tops = new Map<number, number>();
  readonly #database: Database;
  readonly #unit: Statement<[string], UnitRow>;
  readonly #units: Statement<[], UnitRow>;
  readonly #addUnit: Statement;
  readonly #saveUnit: Statement;
  readonly #item: Statement<[number], KeptRow>;
  readonly #saveItem: Statement;
  readonly #addItems: BulkInsert;
  readonly #top: Statement<[number, number], number>;
  readonly #findings: Statement<[number], number>;
  readonly #dropFindings: Statement;
  readonly #addFinding: Statement;
  readonly #addMark: Statement;
  readonly #addCode: Statement;

  constructor(database: Database, damaged: boolean) {
    this.#database = database;
    this.accounts = new Accounts(database);
    if (damaged) database.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('rebuilt', 1)").run();
    this.#rebuilt = database.prepare("SELECT value FROM meta WHERE key = 'rebuilt'").get() !== undefined;
    this.#unit = database.prepare('SELECT no, taken, files, folders, others, bytes FROM unit WHERE name = ?');
    this.#units = database.prepare('SELECT no, taken, files, folders, others, bytes FROM unit');
    this.#addUnit = database.prepare(
      'INSERT INTO unit (no, name, taken, files, folders, others, bytes) VALUES (?, ?, ?, 0, 0, 0, 0)',
    );
    this.#saveUnit = database.prepare(
      'UPDATE unit SET taken = ?, files = ?, folders = ?, others = ?, bytes = ? WHERE no = ?',
    );
    this.#item = database.prepare('SELECT * FROM item WHERE id = ?');
    this.#saveItem = database.prepare(
      `INSERT INTO item (${COLUMNS.join()}) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET parent = excluded.parent, name = excluded.name, mark = excluded.mark, size = excluded.size,
         modified = excluded.modified, destination_name = excluded.destination_name`,
    );
    this.#addItems = new BulkInsert(database, 'item', [], COLUMNS);
    this.#top = database
      .prepare<[number, number], number>('SELECT max(id) FROM item WHERE id >= ? AND id < ?')
      .pluck();
    this.#findings = database.prepare<[number], number>('SELECT code FROM finding WHERE item = ?').pluck();
    this.#dropFindings = database.prepare('DELETE FROM finding WHERE item = ?');
    this.#addFinding = database.prepare('INSERT INTO finding (item, no, code, detail) VALUES (?, ?, ?, ?)');
    this.#addMark = database.prepare('INSERT OR IGNORE INTO stretch (no, mark) VALUES (?, ?)');
    this.#addCode = database.prepare('INSERT INTO code (no, text) VALUES (?, ?)');
    this.reload();
  }

  take(unit: string, packed: PackedResults, found: Tally): number {
    const rows = unpackResults(packed);
    const known = this.#unit.get(unit) ?? this.#begin(unit, rows);
    let { taken } = known;
    let top = this.#tops.get(known.no) ?? this.#topOf(known.no);
    let fresh: Kept[] = [];
    for (const row of rows) {
      if (row.seq <= taken) continue;
      // What comes after a gap is not taken: the unit tells it again, together with what is missing.
      if (row.seq !== taken + 1) break;
      const kept = { row: keptRow(known.no, row), findings: row.findings };
      if (kept.row.id > top) {
        fresh.push(kept);
        top = kept.row.id;
      } else {
        this.#putFresh(fresh);
        fresh = [];
        this.#put(kept);
      }
      taken = row.seq;
    }
    this.#putFresh(fresh);
    this.#tops.set(known.no, top);
    const { files, folders, others, bytes } = found;
    this.#saveUnit.run(taken, files, folders, others, bytes, known.no);
    return taken;
  }

  taken(unit: string): number {
    return this.#unit.get(unit)?.taken ?? 0;
  }

  #begin(unit: string, rows: readonly PlainResult[]): UnitRow {
    const no = this.#units.all().length;
    const taken = this.#rebuilt ? Math.max(0, (rows[0]?.seq ?? 1) - 1) : 0;
    this.#addUnit.run(no, unit, taken);
    return { no, taken, ...noTally };
  }

  /** The highest number of an item of a unit: what is above it was never told. */
  #topOf(unitNo: number): number {
    return this.#top.get(idOf(unitNo, 0), idOf(unitNo + 1, 0)) ?? 0;
  }

  /** Items that were never told. Nearly all of an assessment, and all folders and failures of a copy, come so: many at once. */
  #putFresh(fresh: readonly Kept[]): void {
    this.#addItems.insert(
      [],
      fresh.flatMap(({ row }) => valuesOf(row)),
    );
    for (const kept of fresh) this.#note(kept);
  }

  #put(kept: Kept): void {
    const { row } = kept;
    const before = this.#item.get(row.id);
    // A name alone takes nothing away from what is known.
    if (before && hasOutcome(before) && !hasOutcome(row)) return;
    if (before) this.#book(before, this.#findings.all(before.id), -1);
    this.#saveItem.run(valuesOf(row));
    if (before) this.#dropFindings.run(row.id);
    this.#note(kept);
  }

  /** What follows from a row that was written. */
  #note({ row, findings }: Kept): void {
    const codes = findings.map(({ code }) => this.#codeNo(code));
    findings.forEach(({ detail }, no) => {
      this.#addFinding.run(row.id, no, codes[no], detail ?? null);
    });
    this.#book(row, codes, 1);
    this.#mark(row, codes);
  }

  /** Notes where the item can be found by what it is and by what is said about it. */
  #mark(row: KeptRow, codes: readonly number[]): void {
    if (!hasOutcome(row)) return;
    const no = stretchOf(row.id);
    // Results come nearly in order: what is noted of a stretch already need not be asked of the database.
    if (this.#stretch.no !== no) this.#stretch = { no, marks: new Set() };
    const { marks } = this.#stretch;
    for (const mark of [row.mark, ...codes.map(codeMark)]) {
      if (marks.has(mark)) continue;
      this.#addMark.run(no, mark);
      marks.add(mark);
    }
  }

  #book(row: KeptRow, codes: readonly number[], sign: 1 | -1): void {
    const { kind, outcome, grade } = markedBy(row.mark);
    if (outcome === null) return;
    const gone = outcome === GONE;
    this.accounts.book(
      {
        kind,
        size: row.size,
        found: false,
        outcome: gone ? null : outcome,
        grade: gone ? null : grade,
        codes: [...new Set(codes)],
        also: gone ? 'gone' : undefined,
      },
      sign,
    );
  }

  #codeNo(code: string): number {
    const known = this.#codes.get(code);
    if (known !== undefined) return known;
    const no = this.#codes.size + 1;
    this.#addCode.run(no, code);
    this.#codes.set(code, no);
    this.#codeTexts.set(no, code);
    return no;
  }

  /** Reads from the database what is kept in memory besides the counters: something was undone. */
  reload(): void {
    this.#stretch = { no: -1, marks: new Set() };
    this.#tops.clear();
    this.#codes.clear();
    this.#codeTexts.clear();
    const rows = this.#database.prepare<[], { no: number; text: string }>('SELECT no, text FROM code').all();
    for (const { no, text } of rows) {
      this.#codes.set(text, no);
      this.#codeTexts.set(no, text);
    }
  }

  counts(): Counts {
    const found = this.#units
      .all()
      .map(({ files, folders, others, bytes }) => ({ files, folders, others, bytes }));
    const counts = this.accounts.counts((no) => this.#codeTexts.get(no) ?? `code ${no}`);
    return { ...counts, found: found.reduce(addTally, noTally) };
  }
}

function valuesOf({ id, parent, name, mark, size, modified, destination_name }: KeptRow): readonly unknown[] {
  return [id, parent, name, mark, size, modified, destination_name];
}

/** False for what has only been named. */
function hasOutcome({ mark }: KeptRow): boolean {
  return markedBy(mark).outcome !== null;
}

export type ResultsProcedures = ReturnType<typeof resultsProcedures>;

function resultsProcedures(taking: Taking) {
  return {
    take: (unit: string, rows: PackedResults, found: Tally) => taking.take(unit, rows, found),
    taken: (unit: string) => taking.taken(unit),
    counts: () => taking.counts(),
  };
}

export function serveResults(database: Database, damaged: boolean): Served<ResultsProcedures> {
  const taking = new Taking(database, damaged);
  const { accounts } = taking;
  return {
    procedures: resultsProcedures(taking),
    callDone: () => accounts.callDone(),
    callUndone: () => {
      accounts.callUndone();
      taking.reload();
    },
    beforeCommit: () => accounts.beforeCommit(),
    committed: () => undefined,
    groupUndone: () => {
      accounts.reload();
      taking.reload();
    },
  };
}
