import type { Statement } from 'better-sqlite3';
import { stillToDo } from '../../../src-shared/model/counts.ts';
import type { ItemId } from '../../../src-shared/model/item.ts';
import { ProblemError } from '../../../src-shared/model/problem.ts';
import type { ItemFinding } from '../journal.ts';
import { dropUpload } from './copies.ts';
import type { Desk } from './desk.ts';
import { FOLDER, type ItemRow, ORIGIN, packFileId, STATE } from './item-state.ts';
import { join } from './paths.ts';

/** Items of one step, so that other calls have their turn in between. */
const STEP_ITEMS = 1_000;
const STEP_NEWCOMERS = 20_000;

/** The end of a run: what did not come in its folder's listing is gone, or has another name now. */
export class Finishing {
  readonly #desk: Desk;
  readonly #dropUpload: (item: ItemId) => void;
  readonly #missing: Statement<[], number>;
  readonly #dropMissing: Statement;
  readonly #missBelow: Statement;
  readonly #addNewcomers: Statement;
  readonly #dropNewcomers: Statement;
  readonly #last: Statement<[], number>;
  readonly #sameFile: Statement<[number | bigint | string | null, number], ItemRow>;
  readonly #uploads: Statement<[], number>;

  constructor(desk: Desk) {
    const { database } = desk;
    this.#desk = desk;
    this.#dropUpload = dropUpload(desk);
    this.#missing = database
      .prepare<[], number>(`SELECT item FROM missing ORDER BY item LIMIT ${STEP_ITEMS}`)
      .pluck();
    this.#dropMissing = database.prepare('DELETE FROM missing WHERE item = ?');
    this.#missBelow = database.prepare(
      `INSERT OR IGNORE INTO missing SELECT id FROM item WHERE parent = ? AND run <> ? AND state <> ${STATE.gone}`,
    );
    this.#addNewcomers = database.prepare(
      `INSERT OR IGNORE INTO newcomer SELECT file_id, id FROM item
       WHERE id >= ? AND id < ? AND file_id IS NOT NULL AND state <> ${STATE.gone}`,
    );
    this.#dropNewcomers = database.prepare(
      `DELETE FROM newcomer WHERE (file_id, item) IN (SELECT file_id, item FROM newcomer LIMIT ${STEP_NEWCOMERS})`,
    );
    this.#last = database.prepare<[], number>('SELECT max(id) FROM item').pluck();
    this.#sameFile = database.prepare(
      `SELECT item.id, item.parent, item.name, item.size, item.modified FROM newcomer CROSS JOIN item ON item.id = newcomer.item
       WHERE newcomer.file_id = ? AND item.kind = ?`,
    );
    this.#uploads = database.prepare<[], number>(`SELECT item FROM upload LIMIT ${STEP_ITEMS}`).pluck();
  }

  /** To be called until it says true. Goes on where it was when the process ended in between. */
  step(now: number): boolean {
    const desk = this.#desk;
    if (desk.meta('finished') === 1) return true;
    if (!this.findGone()) return false;
    if (this.#dropNewcomers.run().changes > 0) return false;
    const uploads = this.#uploads.all();
    for (const item of uploads) this.#dropUpload(item);
    if (uploads.length > 0) return false;
    desk.saveMeta('finished', 1);
    desk.saveMeta('finished at', now);
    return true;
  }

  /** To be called until it says true: then what is gone since the last run is known as that. */
  findGone(): boolean {
    this.#refuseUnfinished();
    const missing = this.#missing.all();
    if (missing.length === 0) return true;
    if (!this.#newcomersKnown()) return false;
    for (const item of missing) this.#gone(item);
    return false;
  }

  #refuseUnfinished(): void {
    const { accounts } = this.#desk;
    const left = stillToDo(accounts.counts((no) => this.#desk.codeText(no)));
    const lists = accounts.counted('to list');
    const makes = accounts.counted('to make');
    if (left.files + left.folders + left.others + lists + makes === 0) return;
    const items = left.files + left.folders + left.others;
    const detail = `left to do: ${items} items, ${lists} folders to list, ${makes} folders to make`;
    throw new ProblemError({ code: 'wrong-state', detail });
  }

  /** Collects the items first seen in this run by their file number; true when all are there. */
  #newcomersKnown(): boolean {
    const desk = this.#desk;
    const run = Number(desk.meta('run'));
    const first = Number(desk.meta('first of run') ?? 1);
    const at = desk.meta('newcomers of') === run ? Number(desk.meta('newcomers to')) : first;
    if (at > (this.#last.get() ?? 0)) return true;
    this.#addNewcomers.run(at, at + STEP_NEWCOMERS);
    desk.saveMeta('newcomers of', run);
    desk.saveMeta('newcomers to', at + STEP_NEWCOMERS);
    return false;
  }

  #gone(item: ItemId): void {
    const desk = this.#desk;
    const row = desk.item(item);
    this.#dropMissing.run(item);
    if (!row || row.run === desk.mark || row.state === STATE.gone) return;
    const findings = row.there === 1 ? [this.#finding(row)] : [];
    const gone = { ...row, run: desk.mark, state: STATE.gone };
    desk.setFindings(item, ORIGIN.listing, []);
    desk.setFindings(item, ORIGIN.end, findings);
    desk.update(gone);
    desk.book(gone, 1);
    this.#dropUpload(item);
    // A folder is told in any case: what was in it has its path from it.
    if (findings.length > 0 || row.kind === FOLDER) desk.tell(item);
    if (row.kind === FOLDER) this.#missBelow.run(item, desk.mark);
  }

  #finding(row: ItemRow): ItemFinding {
    const now = row.file_id === null ? undefined : this.#namesake(row, row.file_id);
    if (!now) return { code: 'deleted-at-source' };
    return { code: 'renamed-at-source', detail: join(this.#desk.paths.of(now.parent).path, now.name) };
  }

  /** The same file under the name that it has now. Numbers are given anew to other files, so size and time must agree. */
  #namesake(row: ItemRow, fileId: string): Pick<ItemRow, 'parent' | 'name'> | undefined {
    const same = this.#sameFile.all(packFileId(fileId), row.kind);
    return same.find(
      (now) => row.kind === FOLDER || (now.size === row.size && now.modified === row.modified),
    );
  }
}
