import type { Database, Statement } from 'better-sqlite3';
import { type Code, isCode } from '../../../src-shared/catalogue/catalogue.ts';
import { type ItemId, ROOT_ITEM } from '../../../src-shared/model/item.ts';
import { Accounts } from '../database/accounts.ts';
import type { ItemFinding } from '../journal.ts';
import { drivesOf } from './drives.ts';
import { ItemInserts, type NewItem } from './item-inserts.ts';
import { FOLDER, ITEM_COLUMNS, type ItemRow, markOf, packFileId, runMark, STATE } from './item-state.ts';
import { nameHash } from './name-hash.ts';
import { type Drives, unpackRemote } from './pack-remote.ts';
import { Paths } from './paths.ts';

export interface SaidRow {
  readonly origin: number;
  readonly code: number;
  readonly detail: string | null;
}

const NO_CODES: readonly number[] = [];

/** What all parts of a journal's writer work with: rows, counters, findings, results, and the memory of one process. */
export class Desk {
  readonly database: Database;
  readonly accounts: Accounts;
  readonly paths: Paths;
  readonly drives: Drives;
  /** Given out in the life of this process and not done. Never on disk: a restart gives everything out again. */
  readonly given = { list: new Set<ItemId>(), make: new Set<ItemId>(), copy: new Set<ItemId>() };
  /** Bytes that `remote` will need: rows are written with that much room, so that they need not move later. */
  room = 18;
  /** The run that is open; -1 before the first. */
  run = -1;
  /** `item.run` of what this run has seen. */
  mark = runMark(-1);
  readonly #undo: (() => void)[] = [];
  #undoFrom = 0;
  /** Values of `meta` as they are in the open transaction. */
  readonly #kept = new Map<string, string | number | undefined>();
  readonly #codes = new Map<Code, number>();
  readonly #codeTexts = new Map<number, Code>();
  readonly #item: Statement<[number], ItemRow>;
  readonly #byName: Statement<[number, number, string], ItemRow>;
  readonly #inserts: ItemInserts;
  readonly #update: Statement;
  readonly #place: Statement;
  readonly #findings: Statement<[number], SaidRow>;
  readonly #addFinding: Statement;
  readonly #dropFindings: Statement;
  readonly #tell: Statement;
  readonly #meta: Statement<[string], string | number>;
  readonly #saveMeta: Statement;
  readonly #saveCode: Statement;

  constructor(database: Database) {
    this.database = database;
    this.accounts = new Accounts(database);
    this.paths = new Paths(database);
    this.drives = drivesOf(database);
    this.#item = database.prepare(`SELECT ${ITEM_COLUMNS} FROM item WHERE id = ?`);
    this.#byName = database.prepare(
      `SELECT ${ITEM_COLUMNS} FROM item WHERE parent = ? AND name_hash = ? AND name = ?`,
    );
    this.#inserts = new ItemInserts(database);
    this.#update = database.prepare(
      `UPDATE item SET kind = ?, state = ?, run = ?, outcome = ?, grade = ?, pass = ?, there = ?, size = ?, modified = ?,
         file_id = ?, remote = ?, destination_name = ? WHERE id = ?`,
    );
    this.#place = database.prepare('UPDATE item SET parent = ?, name_hash = ?, name = ? WHERE id = ?');
    this.#findings = database.prepare(
      'SELECT origin, code, detail FROM finding WHERE item = ? ORDER BY origin, no',
    );
    this.#addFinding = database.prepare(
      'INSERT INTO finding (item, origin, no, code, detail) VALUES (?, ?, ?, ?, ?)',
    );
    this.#dropFindings = database.prepare('DELETE FROM finding WHERE item = ? AND origin >= ?');
    this.#tell = database.prepare('INSERT INTO outbox (seq, item, count) VALUES (?, ?, ?)');
    this.#meta = database.prepare<[string], string | number>('SELECT value FROM meta WHERE key = ?').pluck();
    this.#saveMeta = database.prepare(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
    );
    this.#saveCode = database.prepare('INSERT INTO code (no, text) VALUES (?, ?)');
    this.reload();
  }

  /** Something below the root was recorded by an earlier run. */
  get knownBefore(): boolean {
    return Number(this.meta('first of run') ?? 0) > ROOT_ITEM + 1;
  }

  /** Another machine worked on the unit before, and the destination may have what it copied. */
  get takenOver(): boolean {
    return this.meta('taken over') === 1;
  }

  item(id: ItemId): ItemRow | undefined {
    return this.#item.get(id);
  }

  /** The id that an item has at the destination; undefined where it is not there. */
  remoteId(id: ItemId): string | undefined {
    const row = this.item(id);
    return row?.remote && row.there === 1 ? unpackRemote(row.remote, this.drives).id : undefined;
  }

  /** @throws when there is no such item in the run that is open: whoever asks had it from here */
  itemOfRun(id: ItemId): ItemRow {
    const row = this.#item.get(id);
    if (!row || row.run !== this.mark) throw new Error(`item ${id} is not of run ${this.run}`);
    return row;
  }

  find(parent: ItemId, name: string): ItemRow | undefined {
    return this.#byName.get(parent, nameHash(name), name);
  }

  /** Inserts items. @returns the number of the first; those of the others follow it without a gap */
  insert(rows: readonly NewItem[]): ItemId {
    return this.#inserts.insert(rows);
  }

  update(row: ItemRow): void {
    this.#update.run(
      row.kind,
      row.state,
      row.run,
      row.outcome,
      row.grade,
      row.pass,
      row.there,
      row.size,
      row.modified,
      packFileId(row.file_id ?? undefined),
      row.remote,
      row.destination_name,
      row.id,
    );
  }

  /** Puts an item into another folder, or under another name. */
  place({ id, parent, name, kind }: ItemRow): void {
    this.#place.run(parent, nameHash(name), name, id);
    if (kind === FOLDER) this.paths.forget();
  }

  /** What was said about an item, with the numbers of the codes. */
  said(item: ItemId): readonly SaidRow[] {
    return this.#findings.all(item);
  }

  /**
   * Takes an item with all that it counts for out of the counters (-1), or puts it in (1).
   * @param said what was said about it, where the caller knows: it is asked for otherwise
   */
  book(row: ItemRow, sign: 1 | -1, said: readonly SaidRow[] = this.said(row.id)): void {
    // The root is nobody's entry: it counts only when something is wrong with it, which must not go unseen.
    const counts = row.id !== ROOT_ITEM || row.state === STATE.settled;
    const ours = row.state !== STATE.gone && row.state !== STATE.lent;
    this.#book(row, ours && counts, sign, said);
  }

  /** Puts in an item that was never there. */
  bookNew(row: NewItem, said: readonly SaidRow[]): void {
    this.#book(row, true, 1, said);
  }

  #book(row: NewItem | ItemRow, found: boolean, sign: 1 | -1, said: readonly SaidRow[]): void {
    if (row.run !== this.mark) return;
    const settled = row.state === STATE.settled;
    this.accounts.book(
      {
        kind: row.kind,
        size: row.size,
        found,
        outcome: settled ? row.outcome : null,
        grade: settled ? row.grade : null,
        codes: said.length === 0 ? NO_CODES : [...new Set(said.map((finding) => finding.code))],
      },
      sign,
    );
  }

  /** @param origin only those of this origin */
  findings(item: ItemId, origin?: number): readonly ItemFinding[] {
    const rows = this.#findings.all(item).filter((row) => origin === undefined || row.origin === origin);
    return rows.map(({ code, detail }) => ({
      code: this.codeText(code),
      ...(detail === null ? {} : { detail }),
    }));
  }

  /** Puts findings in place of those of this origin and later ones. @returns what was put */
  setFindings(item: ItemId, origin: number, findings: readonly ItemFinding[]): readonly SaidRow[] {
    this.#dropFindings.run(item, origin);
    return this.addFindings(item, origin, findings);
  }

  /** Of an item of which nothing was said yet, in this origin or a later one. @returns what was added */
  addFindings(item: ItemId, origin: number, findings: readonly ItemFinding[]): readonly SaidRow[] {
    return findings.map((finding, no) => {
      const said = { origin, code: this.#codeNo(finding.code), detail: finding.detail ?? null };
      this.#addFinding.run(item, origin, no, said.code, said.detail);
      return said;
    });
  }

  codeText(no: number): Code {
    const code = this.#codeTexts.get(no);
    if (code === undefined) throw new Error(`code ${no} is not in this journal`);
    return code;
  }

  #codeNo(code: Code): number {
    const known = this.#codes.get(code);
    if (known !== undefined) return known;
    const no = this.#codes.size + 1;
    this.#saveCode.run(no, code);
    this.#codes.set(code, no);
    this.#codeTexts.set(no, code);
    this.onUndo(() => {
      this.#codes.delete(code);
      this.#codeTexts.delete(no);
    });
    return no;
  }

  /** Numbers up to here are used up, whether this journal remembers them or not. */
  numberFrom(acknowledged: number): void {
    const behind = acknowledged - this.accounts.counted('seq');
    if (behind > 0) this.accounts.count('seq', behind);
  }

  /** Queues an item for the coordinator. */
  tell(item: ItemId): void {
    this.tellAll([item]);
  }

  /**
   * Queues items for the coordinator: one row for those whose numbers follow one another. Numbers of results have no gaps: they are
   * taken back with the call that took them.
   */
  tellAll(items: readonly ItemId[]): void {
    for (let from = 0; from < items.length; ) {
      const first = items[from] ?? 0;
      let to = from + 1;
      while (items[to] === first + to - from) to += 1;
      this.#tell.run(this.accounts.counted('seq') + 1, first, to - from);
      this.accounts.count('seq', to - from);
      from = to;
    }
  }

  meta(key: string): string | number | undefined {
    if (this.#kept.has(key)) return this.#kept.get(key);
    const value = this.#meta.get(key);
    this.#kept.set(key, value);
    return value;
  }

  saveMeta(key: string, value: string | number): void {
    this.#saveMeta.run(key, value);
    this.#kept.set(key, value);
    if (key === 'run') this.run = Number(value);
    if (key === 'run mark') this.mark = Number(value);
  }

  give(kind: 'list' | 'make' | 'copy', item: ItemId): void {
    this.given[kind].add(item);
    this.onUndo(() => this.given[kind].delete(item));
  }

  takeBack(kind: 'list' | 'make' | 'copy', item: ItemId): void {
    if (this.given[kind].delete(item)) this.onUndo(() => this.given[kind].add(item));
  }

  /** Notes how memory is put right when the call, or the transaction, is undone. */
  onUndo(undo: () => void): void {
    this.#undo.push(undo);
  }

  callDone(): void {
    this.accounts.callDone();
    this.#undoFrom = this.#undo.length;
  }

  callUndone(): void {
    this.accounts.callUndone();
    this.#unwind(this.#undoFrom);
  }

  committed(): void {
    this.#undo.length = 0;
    this.#undoFrom = 0;
  }

  groupUndone(): void {
    this.accounts.reload();
    this.#unwind(0);
  }

  #unwind(from: number): void {
    while (this.#undo.length > from) this.#undo.pop()?.();
    this.#undoFrom = from;
    this.reload();
  }

  /** Reads again what is kept in memory besides the counters. */
  reload(): void {
    this.#kept.clear();
    this.run = Number(this.meta('run') ?? -1);
    this.mark = markOf((key) => this.meta(key));
    this.paths.forget();
    const rows = this.database.prepare<[], { no: number; text: string }>('SELECT no, text FROM code').all();
    for (const { no, text } of rows) {
      if (!isCode(text)) throw new Error(`${text} is no code of the catalogue`);
      this.#codes.set(text, no);
      this.#codeTexts.set(no, text);
    }
  }
}
