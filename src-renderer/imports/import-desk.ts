import { lookUp } from '../../src-shared/catalogue/catalogue.ts';
import { type CheckedDraft, checkImport, isUsable } from '../../src-shared/imports/check-import.ts';
import type { KnownTask } from '../../src-shared/imports/check-set.ts';
import { type ColumnMeaning, type Columns, columnsOf } from '../../src-shared/imports/columns.ts';
import type { Draft, DraftField } from '../../src-shared/imports/draft.ts';
import type { Fault } from '../../src-shared/imports/fault.ts';
import { addressOf } from '../../src-shared/imports/place.ts';
import { type RawImport, readRaw } from '../../src-shared/imports/read-import.ts';
import { draftsOfTable, type ParseTable } from '../../src-shared/imports/table.ts';
import { importAsCsv, importTemplate, type WriteTable } from '../../src-shared/imports/write-import.ts';
import { ok, type Result } from '../../src-shared/model/problem.ts';
import { fixOf, fixRow, type GroupFix } from './fixes.ts';
import { groupsOf, type IssueGroup, type RowState, stateOf } from './issue-groups.ts';

/** What is known of a list as a whole, after each change of it. */
export interface ImportSummary {
  readonly name: string;
  readonly encoding: string;
  /** Undefined for JSON. */
  readonly delimiter: string | undefined;
  /** What each column means, with its name and a sample; empty for JSON. */
  readonly columns: readonly {
    readonly meaning: ColumnMeaning;
    readonly head: string;
    readonly sample: string;
  }[];
  readonly counts: Readonly<Record<RowState, number>> & { readonly all: number };
  readonly groups: readonly IssueGroup[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** The assessment that the rows come from; names that were given there go with them. */
  readonly namesOf: string | undefined;
  /** Another one after each change: what was asked for before it is old. */
  readonly version: number;
}

export interface ImportRow {
  readonly line: number;
  readonly cells: Draft['cells'];
  readonly address: string;
  readonly state: RowState;
  readonly faults: readonly Fault[];
}

/** Which rows: all, those in a state, or those that a group is about. */
export interface RowFilter {
  readonly state?: RowState | undefined;
  readonly group?: string | undefined;
}

/** What both ends of a row said. */
export interface RowAnswer {
  readonly line: number;
  /** Null: a task could be made of it. */
  readonly fault: Fault | null;
}

/** A row of which a task can be made. */
export interface RowWish {
  readonly line: number;
  readonly source: string;
  readonly destination: string;
  readonly name: string;
  readonly settings: Draft['settings'];
}

/** What is kept over a reload. */
export interface KeptImport {
  readonly name: string;
  readonly encoding: string;
  readonly drafts: readonly Draft[];
  readonly namesOf?: string | undefined;
}

const MOST_STEPS = 60;

/**
 * A list on its way to become tasks: every row is checked after each change, by itself and beside the others; what both ends of it said is
 * kept as long as the row stays as it is. Lives in a worker, so that 50,000 rows do not stop the screen.
 */
export class ImportDesk {
  readonly #parse: ParseTable;
  readonly #write: WriteTable;
  #name = '';
  #raw: RawImport | undefined;
  #encoding = '';
  #namesOf: string | undefined;
  #columns: Columns | undefined;
  #drafts: readonly Draft[] = [];
  #checked: readonly CheckedDraft[] = [];
  #undo: (readonly Draft[])[] = [];
  #redo: (readonly Draft[])[] = [];
  #known: readonly KnownTask[] = [];
  #suffix = '.sharepoint.com';
  #version = 0;
  #answers = new WeakMap<Draft, RowAnswer>();

  constructor(parse: ParseTable, write: WriteTable) {
    this.#parse = parse;
    this.#write = write;
  }

  /** Codes: import-unreadable, import-too-large; then the list before stays. */
  open(name: string, bytes: Uint8Array, namesOf?: string): Result<ImportSummary> {
    const raw = readRaw(bytes, this.#parse);
    if (!raw.ok) return raw;
    this.#raw = raw.value;
    this.#encoding = raw.value.encoding;
    this.#name = name;
    this.#namesOf = namesOf;
    const { table } = raw.value;
    // Columns that nobody knows are chosen by hand.
    this.#columns =
      table &&
      (columnsOf(table.rows.map(({ record }) => record)) ??
        unknownColumns(table.rows[0]?.record.length ?? 0));
    return ok(this.#begin(this.#read()));
  }

  restore(kept: KeptImport): ImportSummary {
    this.#raw = undefined;
    this.#columns = undefined;
    this.#name = kept.name;
    this.#encoding = kept.encoding;
    this.#namesOf = kept.namesOf;
    return this.#begin(kept.drafts);
  }

  /** What the rows are compared with: the tasks that are there, and the addresses of the cloud. */
  compareWith(known: readonly KnownTask[], sharePointHostSuffix: string): ImportSummary {
    this.#known = known;
    this.#suffix = sharePointHostSuffix;
    return this.#check();
  }

  /** Another meaning for the columns; edits of before are given up, and can be taken back. */
  map(meanings: readonly ColumnMeaning[], header: boolean): ImportSummary {
    this.#columns = { layout: 'by-header', header, meanings };
    return this.#change(this.#read());
  }

  edit(line: number, field: DraftField, value: string): ImportSummary {
    return this.#change(
      this.#drafts.map((draft) =>
        draft.line === line ? { ...draft, cells: { ...draft.cells, [field]: value } } : draft,
      ),
    );
  }

  /** Does to all rows of a group what mends them; one step to take back. */
  fix(group: string, how: GroupFix): ImportSummary {
    const concerned = new Set(this.#placesOf({ group }).map((at) => this.#drafts[at]?.line));
    if (how === 'remove') return this.#change(this.#drafts.filter(({ line }) => !concerned.has(line)));
    const byLine = new Map(this.#checked.map((row) => [row.draft.line, row.draft]));
    return this.#change(
      this.#drafts.map((draft, at) => {
        const row = this.#checked[at];
        return row !== undefined && concerned.has(draft.line) ? fixRow(draft, row, group, byLine) : draft;
      }),
    );
  }

  undo(): ImportSummary {
    return this.#step(this.#undo, this.#redo);
  }

  redo(): ImportSummary {
    return this.#step(this.#redo, this.#undo);
  }

  /** What the two ends of some rows said. */
  answer(answers: readonly RowAnswer[]): ImportSummary {
    const byLine = new Map(answers.map((answer) => [answer.line, answer]));
    for (const draft of this.#drafts) {
      const answer = byLine.get(draft.line);
      if (answer !== undefined) this.#answers.set(draft, answer);
    }
    this.#version += 1;
    return this.summary();
  }

  /** Takes rows out that have become tasks. That cannot be taken back, and leaves nothing to take back. */
  made(lines: readonly number[]): ImportSummary {
    const gone = new Set(lines);
    return this.#begin(this.#drafts.filter(({ line }) => !gone.has(line)));
  }

  rows(from: number, to: number, filter: RowFilter): { readonly total: number; readonly rows: ImportRow[] } {
    const places = this.#placesOf(filter);
    return { total: places.length, rows: places.slice(from, to).flatMap((at) => this.#shown(at) ?? []) };
  }

  /** Rows of which a task can be made, as far as is known; `unasked`: only those whose ends nobody has asked yet. */
  wishes(which: 'all' | 'unasked'): RowWish[] {
    return this.#checked.flatMap((row, at) => {
      const answer = this.#answerAt(at);
      if (!isUsable(row) || answer?.fault || (which === 'unasked' && answer !== undefined)) return [];
      const { line, cells, settings } = row.draft;
      return [{ line, source: cells.source, destination: addressOf(row.draft), name: cells.name, settings }];
    });
  }

  /** All rows as CSV, each with what is wrong with it, in English as all such files. */
  csv(): string {
    return importAsCsv(
      this.#checked.map((row, at) => ({
        draft: row.draft,
        remarks: this.#faultsAt(row, at).map(
          ({ code, column }) => `${column ? `${column}: ` : ''}${lookUp(code).title}.`,
        ),
      })),
      this.#write,
    );
  }

  template(): string {
    return importTemplate(this.#write);
  }

  kept(): KeptImport | null {
    if (this.#drafts.length === 0) return null;
    return { name: this.#name, encoding: this.#encoding, drafts: this.#drafts, namesOf: this.#namesOf };
  }

  summary(): ImportSummary {
    const { table } = this.#raw ?? {};
    const head = table?.rows[0]?.record ?? [];
    const sample = table?.rows[this.#columns?.header ? 1 : 0]?.record ?? [];
    const counts = { all: this.#checked.length, error: 0, remark: 0, plain: 0, ready: 0 };
    this.#checked.forEach((row, at) => {
      counts[this.#stateAt(row, at)] += 1;
    });
    return {
      name: this.#name,
      encoding: this.#encoding,
      delimiter: table?.delimiter,
      columns: (table ? (this.#columns?.meanings ?? []) : []).map((meaning, at) => ({
        meaning,
        head: this.#columns?.header ? (head[at] ?? '') : '',
        sample: sample[at] ?? '',
      })),
      counts,
      groups: groupsOf(
        this.#checked.map((row, at) => this.#faultsAt(row, at)),
        fixOf,
      ),
      canUndo: this.#undo.length > 0,
      canRedo: this.#redo.length > 0,
      namesOf: this.#namesOf,
      version: this.#version,
    };
  }

  #read(): readonly Draft[] {
    const { table, drafts } = this.#raw ?? {};
    if (table === undefined) return drafts ?? [];
    return this.#columns === undefined ? [] : draftsOfTable(table, this.#columns).drafts;
  }

  #begin(drafts: readonly Draft[]): ImportSummary {
    this.#undo = [];
    this.#redo = [];
    this.#drafts = drafts;
    return this.#check();
  }

  #change(drafts: readonly Draft[]): ImportSummary {
    this.#undo = [...this.#undo, this.#drafts].slice(-MOST_STEPS);
    this.#redo = [];
    this.#drafts = drafts;
    return this.#check();
  }

  #step(from: (readonly Draft[])[], to: (readonly Draft[])[]): ImportSummary {
    const drafts = from.pop();
    if (drafts === undefined) return this.summary();
    to.push(this.#drafts);
    this.#drafts = drafts;
    return this.#check();
  }

  #check(): ImportSummary {
    this.#checked = checkImport(this.#drafts, { sharePointHostSuffix: this.#suffix }, this.#known);
    this.#version += 1;
    return this.summary();
  }

  #answerAt(at: number): RowAnswer | undefined {
    const draft = this.#drafts[at];
    return draft && this.#answers.get(draft);
  }

  #faultsAt(row: CheckedDraft, at: number): readonly Fault[] {
    const fault = this.#answerAt(at)?.fault;
    return fault ? [...row.faults, fault] : row.faults;
  }

  #stateAt(row: CheckedDraft, at: number): RowState {
    const state = stateOf(this.#faultsAt(row, at));
    return state !== 'error' && this.#answerAt(at) !== undefined ? 'ready' : state;
  }

  /** Where the rows of a filter stand. */
  #placesOf({ state, group }: RowFilter): readonly number[] {
    const places: number[] = [];
    this.#checked.forEach((row, at) => {
      if (state !== undefined && this.#stateAt(row, at) !== state) return;
      if (group !== undefined && !this.#faultsAt(row, at).some(({ code }) => code === group)) return;
      places.push(at);
    });
    return places;
  }

  #shown(at: number): ImportRow | undefined {
    const row = this.#checked[at];
    const draft = this.#drafts[at];
    if (row === undefined || draft === undefined) return undefined;
    return {
      line: draft.line,
      cells: draft.cells,
      address: addressOf(row.draft),
      state: this.#stateAt(row, at),
      faults: this.#faultsAt(row, at),
    };
  }
}

function unknownColumns(width: number): Columns {
  return { layout: 'by-header', header: false, meanings: Array.from({ length: width }, () => 'unknown') };
}
