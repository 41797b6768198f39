import type { Statement } from 'better-sqlite3';
import type { Code } from '../../../src-shared/catalogue/catalogue.ts';
import { type ItemId, ROOT_ITEM } from '../../../src-shared/model/item.ts';
import type { Deletions } from '../../../src-shared/rules/mass-deletion.ts';
import type { GoneCopy, GoneVerdict } from '../journal.ts';
import type { Desk } from './desk.ts';
import type { Folders } from './folders.ts';
import { FOLDER, ITEM_COLUMNS, type ItemRow, LISTING, ORIGIN, STATE, UNLISTED } from './item-state.ts';
import { idOf, indexKey, unpackRemote } from './pack-remote.ts';

/** Items of one step, so that other calls have their turn in between. */
const STEP_ITEMS = 20_000;

/** A copy of something that is gone at the source, whichever run saw that. */
const GONE = `state = ${STATE.gone} AND there = 1 AND kind IN (0, 1)`;

/** What is at the destination and gone at the source, and what becomes of it. */
export class Gone {
  readonly #desk: Desk;
  readonly #folders: Folders;
  readonly #some: Statement<[number, number, number], ItemRow>;
  readonly #window: Statement<[number, number], ItemRow>;
  readonly #copies: Statement<[number, number], number>;
  readonly #last: Statement<[], number>;
  readonly #byKey: Statement<[Uint8Array], ItemRow>;
  readonly #isFound: Statement<[number], number>;
  readonly #isChanged: Statement<[Buffer], number>;
  readonly #begin: Statement;
  readonly #end: Statement;
  readonly #begun: Statement<[], number>;

  constructor(desk: Desk, folders: Folders) {
    const { database } = desk;
    this.#desk = desk;
    this.#folders = folders;
    const gone = `SELECT ${ITEM_COLUMNS} FROM item WHERE id > ? AND id < ? AND ${GONE}`;
    this.#some = database.prepare(`${gone} ORDER BY id DESC LIMIT ?`);
    this.#window = database.prepare(gone);
    this.#copies = database
      .prepare<[number, number], number>(
        `SELECT count(*) FROM item WHERE id > ? AND id < ? AND there = 1 AND id <> ${ROOT_ITEM}`,
      )
      .pluck();
    this.#last = database.prepare<[], number>('SELECT max(id) FROM item').pluck();
    this.#byKey = database.prepare(
      `SELECT ${ITEM_COLUMNS} FROM item WHERE substr(remote, 2, 3) = ? AND there IS NOT NULL`,
    );
    this.#isFound = database.prepare<[number], number>('SELECT 1 FROM found WHERE item = ?').pluck();
    this.#isChanged = database.prepare<[Buffer], number>('SELECT 1 FROM remote WHERE id = ?').pluck();
    this.#begin = database.prepare('INSERT OR IGNORE INTO recycling (item) VALUES (?)');
    this.#end = database.prepare('DELETE FROM recycling WHERE item = ?');
    this.#begun = database.prepare<[], number>(`SELECT item FROM recycling LIMIT 1000`).pluck();
  }

  /**
   * How many could go and how many there are, over the items below `before` as far as one step goes.
   * @returns `next` to go on from; undefined when all are counted
   */
  count(before: ItemId | undefined): Deletions & { readonly next: ItemId | undefined } {
    const end = before ?? this.#top();
    const from = Math.max(0, end - STEP_ITEMS);
    const going = this.#window.all(from, end).filter((row) => this.#copy(row)?.ours === true).length;
    return { going, known: this.#copies.get(from, end) ?? 0, next: from > 0 ? from + 1 : undefined };
  }

  /** The youngest first, so that what is in a folder comes before it. */
  take(limit: number, before: ItemId | undefined): { copies: readonly GoneCopy[]; next: ItemId | undefined } {
    const end = before ?? this.#top();
    const from = Math.max(0, end - STEP_ITEMS);
    const rows = this.#some.all(from, end, limit);
    const copies = rows.flatMap((row) => this.#copy(row) ?? []);
    const lastTaken = rows.length === limit ? rows.at(-1)?.id : undefined;
    return { copies, next: lastTaken ?? (from > 0 ? from + 1 : undefined) };
  }

  /** They are about to be deleted. */
  begin(items: readonly ItemId[]): void {
    for (const item of items) this.#begin.run(item);
  }

  settle(verdicts: readonly GoneVerdict[]): void {
    for (const { item, code, detail, deleted } of verdicts) this.#settle(item, code, detail, deleted);
  }

  /** Copies that an earlier process was deleting, and that are deleted. True when there are no more. */
  settleBegun(): boolean {
    const begun = this.#begun.all();
    for (const item of begun) {
      const row = this.#desk.item(item);
      const deleted = row?.state === STATE.gone && row.there === 0;
      if (deleted) this.#settle(item, 'recycled-at-destination', undefined, true);
      else this.#end.run(item);
    }
    return begun.length === 0;
  }

  #top(): ItemId {
    return (this.#last.get() ?? 0) + 1;
  }

  #settle(item: ItemId, code: Code, detail: string | undefined, deleted: boolean): void {
    const desk = this.#desk;
    const row = desk.item(item);
    this.#end.run(item);
    if (row?.state !== STATE.gone) return;
    desk.book(row, -1);
    // It may have been gone since an earlier run; what is said of it now is of this one.
    const settled = { ...row, run: desk.mark, ...(deleted ? { there: 0, pass: UNLISTED } : {}) };
    desk.setFindings(item, ORIGIN.listing, [{ code, ...(detail === undefined ? {} : { detail }) }]);
    desk.update(settled);
    desk.book(settled, 1);
    desk.tell(item);
  }

  /** Undefined: nobody can say that it is gone, or something that is not gone has the same copy. */
  #copy(row: ItemRow): GoneCopy | undefined {
    if (!row.remote || !this.#isGoneForSure(row.parent)) return undefined;
    const id = idOf(row.remote);
    const shared = this.#byKey
      .all(indexKey(id))
      .some((other) => other.state !== STATE.gone && other.remote && idOf(other.remote).equals(id));
    if (shared) return undefined;
    const { drives } = this.#desk;
    const copy = unpackRemote(row.remote, drives);
    const folder = this.#desk.item(row.parent);
    const found = this.#isFound.get(row.id) === 1;
    const changed = this.#isChanged.get(id) === 1 || (row.kind !== FOLDER && copy.tag === undefined);
    return {
      item: row.id,
      kind: row.kind === FOLDER ? 'folder' : 'file',
      name: row.destination_name ?? row.name,
      id: copy.id,
      tag: copy.tag,
      parent: folder?.remote && folder.there !== null ? unpackRemote(folder.remote, drives).id : undefined,
      ours: !found && !changed,
      why: found ? 'occupied-at-destination' : changed ? 'edited-at-destination' : undefined,
    };
  }

  /** Its folder was listed to the end in this run, or is gone for sure itself. A folder that was not, says nothing. */
  #isGoneForSure(folder: ItemId): boolean {
    for (let at = folder; ; ) {
      const row = this.#desk.item(at);
      if (!row) return false;
      if (row.state !== STATE.gone) {
        return row.run === this.#desk.mark && this.#folders.get(at)?.listing === LISTING.done;
      }
      at = row.parent;
    }
  }
}
