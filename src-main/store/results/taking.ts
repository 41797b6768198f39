import type { Database, Statement } from 'better-sqlite3';
import type { Counts, Tally } from '../../../src-shared/model/counts.ts';
import { lessTally } from '../../../src-shared/model/counts.ts';
import { itemKinds, outcomes, ROOT_ITEM } from '../../../src-shared/model/item.ts';
import { Accounts } from '../database/accounts.ts';
import { BulkInsert } from '../database/bulk-insert.ts';
import { type PackedResults, type PlainResult, unpackResults } from '../pack-results.ts';
import type { RunResults, UnitEnding, UnitResults } from '../run-results.ts';
import type { Served } from '../thread/group-commit.ts';
import { markedBy } from './item-mark.ts';
import { GONE, idOf, type KeptRow, keptRow } from './result-row.ts';
import { ENDED, ResultUnits, type UnitRow } from './result-units.ts';
import { agrees, SetAside, stillCopied } from './set-aside.ts';
import { codeMark, stretchOf } from './stretch.ts';

interface Said {
  readonly code: number;
  readonly detail: string | null;
}

/** In the order of {@link valuesOf}. */
const COLUMNS = ['id', 'parent', 'name', 'mark', 'size', 'modified', 'destination_name'];

interface Kept {
  readonly row: KeptRow;
  readonly said: readonly Said[];
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
  readonly #units: ResultUnits;
  readonly #aside: SetAside;
  readonly #item: Statement<[number], KeptRow>;
  readonly #saveItem: Statement;
  readonly #addItems: BulkInsert;
  readonly #top: Statement<[number, number], number>;
  readonly #findings: Statement<[number], number>;
  readonly #said: Statement<[number], Said>;
  readonly #dropFindings: Statement;
  readonly #addFinding: Statement;
  readonly #addMark: Statement;
  readonly #addCode: Statement;

  constructor(database: Database, damaged: boolean) {
    this.#database = database;
    this.accounts = new Accounts(database);
    if (damaged) database.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('rebuilt', 1)").run();
    this.#rebuilt = database.prepare("SELECT value FROM meta WHERE key = 'rebuilt'").get() !== undefined;
    this.#units = new ResultUnits(database, this.accounts);
    this.#aside = new SetAside(database, this.accounts, this.#units);
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
    this.#said = database.prepare('SELECT code, detail FROM finding WHERE item = ? ORDER BY no');
    this.#dropFindings = database.prepare('DELETE FROM finding WHERE item = ?');
    this.#addFinding = database.prepare('INSERT INTO finding (item, no, code, detail) VALUES (?, ?, ?, ?)');
    this.#addMark = database.prepare('INSERT OR IGNORE INTO stretch (no, mark) VALUES (?, ?)');
    this.#addCode = database.prepare('INSERT INTO code (no, text) VALUES (?, ?)');
    this.reload();
  }

  take(of: UnitResults, packed: PackedResults, found: Tally): number {
    const rows = unpackResults(packed);
    const known = this.#begun(of, rows);
    const aside = known.generation > 1 && rows.length > 0 ? this.#units.aside(of.unit) : [];
    let { taken } = known;
    let top = this.#tops.get(known.no) ?? this.#topOf(known.no);
    let fresh: Kept[] = [];
    for (const row of rows) {
      if (row.seq <= taken) continue;
      // What comes after a gap is not taken: the unit tells it again, together with what is missing.
      if (row.seq !== taken + 1) break;
      const kept = { row: keptRow(known.no, row), said: this.#saidOf(row) };
      if (kept.row.id > top && aside.length === 0) fresh.push(kept);
      else {
        this.#putFresh(fresh);
        fresh = [];
        this.#put(known, kept, aside);
      }
      top = Math.max(top, kept.row.id);
      taken = row.seq;
    }
    this.#putFresh(fresh);
    this.#tops.set(known.no, top);
    const { files, folders, others, bytes } = found;
    this.#units.save({ ...known, taken, files, folders, others, bytes }, known);
    return taken;
  }

  taken({ unit, generation }: UnitResults): number {
    const known = this.#units.newest(unit);
    return known && known.generation >= generation ? known.taken : 0;
  }

  expect(units: Parameters<RunResults['expect']>[0]): void {
    for (const { of, files, bytes } of units)
      if (this.#units.newest(of.unit) === undefined) this.#units.begin(of, 0, { files, bytes });
  }

  beginAnew(of: UnitResults): void {
    this.#begun(of, []);
  }

  end(of: UnitResults, how: UnitEnding): void {
    const unit = this.#begun(of, []);
    if (unit.state === ENDED) return;
    for (const before of this.#units.aside(of.unit)) this.#aside.putBack(before);
    const ended = this.#units.save({ ...unit, state: ENDED }, unit);
    if (how === 'set-aside') this.#failTheRest(ended);
  }

  /** What a unit found and nobody will ever tell an outcome of has failed; its folder says why. */
  #failTheRest(unit: UnitRow): void {
    this.#bookRest(unit, this.#codeNo('unit-set-aside'), 1);
    const name = unit.path.slice(unit.path.lastIndexOf('/') + 1);
    const folder: PlainResult = {
      ...{
        seq: 1,
        item: ROOT_ITEM,
        parent: 0,
        name,
        kind: itemKinds.indexOf('folder'),
        size: 0,
        modified: 0,
      },
      ...{ outcome: outcomes.indexOf('failed'), grade: null, destinationName: null },
      findings: [{ code: 'unit-set-aside', detail: undefined }],
    };
    const row = keptRow(unit.no, folder);
    const before = this.#item.get(row.id);
    if (before === undefined || !hasOutcome(before))
      this.#units.save({ ...unit, folders: unit.folders + 1 }, unit);
    this.#put(unit, { row, said: this.#saidOf(folder) }, []);
  }

  #bookRest(unit: UnitRow, code: number, sign: 1 | -1): void {
    const { files, folders, others, bytes } = unit;
    const rest = lessTally({ files, folders, others, bytes }, this.#aside.tally(unit));
    this.accounts.add('outcome failed', rest, sign);
    this.accounts.add(`code ${code}`, rest, sign);
  }

  /** A generation that tells, begun if it is new. */
  #begun(of: UnitResults, rows: readonly PlainResult[]): UnitRow {
    const known = this.#units.newest(of.unit);
    if (known !== undefined && known.generation >= of.generation) return known;
    for (const before of this.#units.counting(of.unit)) this.#setAside(before);
    const taken = this.#rebuilt ? Math.max(0, (rows[0]?.seq ?? 1) - 1) : 0;
    const { known_files: files, known_bytes: bytes } = known ?? { known_files: 0, known_bytes: 0 };
    return this.#units.begin(of, taken, { files, bytes });
  }

  /** A generation counts no more: nor does one that had ended, where a kill kept that from being written down with the unit. */
  #setAside(unit: UnitRow): void {
    const code = this.#codes.get('unit-set-aside');
    const said = unit.state === ENDED ? this.#findings.all(idOf(unit.no, ROOT_ITEM)) : [];
    if (code !== undefined && said.includes(code)) this.#bookRest(unit, code, -1);
    this.#aside.put(unit);
  }

  /** The highest number of an item of a unit: what is above it was never told. */
  #topOf(unitNo: number): number {
    return this.#top.get(idOf(unitNo, 0), idOf(unitNo + 1, 0)) ?? 0;
  }

  /** Items that were never told. Nearly all of an assessment, and all folders and failures of a copy, come so: many at once. */
  #putFresh(fresh: readonly Kept[]): void {
    this.#addItems.insert([], fresh, ({ row }, values) => values.push(...valuesOf(row)));
    for (const kept of fresh) this.#note(kept);
  }

  #put(unit: UnitRow, told: Kept, aside: readonly UnitRow[]): void {
    const before = this.#item.get(told.row.id);
    // A name alone takes nothing away from what is known.
    if (before && hasOutcome(before) && !hasOutcome(told.row)) return;
    const earlier = hasOutcome(told.row) ? this.#earlier(aside, told.row) : undefined;
    const meant = earlier ?? (unit.generation > 1 ? before : undefined);
    const kept = meant && agrees(meant, told.row) ? this.#stillCopied(meant, told) : told;
    if (before) this.#book(before, this.#findings.all(before.id), -1);
    this.#saveItem.run(valuesOf(kept.row));
    if (before) this.#dropFindings.run(kept.row.id);
    if (earlier) this.#aside.consume(earlier);
    this.#note(kept);
  }

  /** With the findings about what was copied that the new word does not repeat. */
  #stillCopied(before: KeptRow, { row, said }: Kept): Kept {
    const codes = new Set(said.map(({ code }) => code));
    const more = this.#said.all(before.id).filter(({ code }) => !codes.has(code));
    return { row: stillCopied(before, row), said: [...said, ...more] };
  }

  #saidOf({ findings }: PlainResult): readonly Said[] {
    return findings.map(({ code, detail }) => ({ code: this.#codeNo(code), detail: detail ?? null }));
  }

  /** What follows from a row that was written. */
  #note({ row, said }: Kept): void {
    said.forEach(({ code, detail }, no) => {
      this.#addFinding.run(row.id, no, code, detail);
    });
    const codes = said.map(({ code }) => code);
    this.#book(row, codes, 1);
    this.#mark(row, codes);
  }

  /** What an earlier generation told of a path, if it was not told again yet. */
  #earlier(aside: readonly UnitRow[], row: KeptRow): KeptRow | undefined {
    for (const unit of aside) {
      const found = this.#aside.find(unit, row);
      if (found && hasOutcome(found)) return found;
    }
    return undefined;
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
    this.#units.reload();
    this.#aside.reload();
    this.#codes.clear();
    this.#codeTexts.clear();
    const rows = this.#database.prepare<[], { no: number; text: string }>('SELECT no, text FROM code').all();
    for (const { no, text } of rows) {
      this.#codes.set(text, no);
      this.#codeTexts.set(no, text);
    }
  }

  counts(): Counts {
    return this.accounts.counts((no) => this.#codeTexts.get(no) ?? `code ${no}`);
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
    take: (of: UnitResults, rows: PackedResults, found: Tally) => taking.take(of, rows, found),
    taken: (of: UnitResults) => taking.taken(of),
    expect: (units: Parameters<RunResults['expect']>[0]) => taking.expect(units),
    beginAnew: (of: UnitResults) => taking.beginAnew(of),
    end: (of: UnitResults, how: UnitEnding) => taking.end(of, how),
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
