import type { Statement } from 'better-sqlite3';
import type { Code } from '../../../src-shared/catalogue/catalogue.ts';
import { grades, type ItemId, itemKinds, outcomes, ROOT_ITEM } from '../../../src-shared/model/item.ts';
import type { ItemFinding, Settlement } from '../journal.ts';
import { dropUpload, forgetTheirs, packCopy } from './copies.ts';
import type { Desk, SaidRow } from './desk.ts';
import type { FolderRow, Folders } from './folders.ts';
import { FoundCopies } from './found.ts';
import { packHash } from './hashes.ts';
import { type ItemRow, LISTING, MAKING, ORIGIN, STATE, UNLISTED } from './item-state.ts';
import { packId } from './pack-remote.ts';
import type { Plans } from './plans.ts';

/** The end of items: outcomes, folders made and not made. */
export class Settling {
  readonly #desk: Desk;
  readonly #folders: Folders;
  readonly #plans: Plans;
  readonly #found: FoundCopies;
  readonly #dropUpload: (item: ItemId) => void;
  readonly #forgetTheirs: (id: Buffer) => void;
  readonly #dropAgain: Statement;
  readonly #keepHash: Statement;
  readonly #dropHash: Statement;
  readonly #files: Statement<[number, number], number>;
  readonly #unmade: Statement<[number, number], number>;

  constructor(desk: Desk, folders: Folders, plans: Plans) {
    const { database } = desk;
    this.#desk = desk;
    this.#folders = folders;
    this.#plans = plans;
    this.#found = new FoundCopies(desk);
    this.#dropUpload = dropUpload(desk);
    this.#forgetTheirs = forgetTheirs(desk);
    this.#dropAgain = database.prepare('DELETE FROM again WHERE item = ?');
    this.#keepHash = database.prepare('INSERT OR REPLACE INTO sent (item, hash) VALUES (?, ?)');
    this.#dropHash = database.prepare('DELETE FROM sent WHERE item = ?');
    const waiting = `${STATE.waiting}, ${STATE.ready}, ${STATE.again}`;
    this.#files = database
      .prepare<[number, number], number>(
        `SELECT id FROM item WHERE parent = ? AND run = ? AND kind = 0 AND state IN (${waiting}) LIMIT 500`,
      )
      .pluck();
    this.#unmade = database
      .prepare<[number, number], number>(
        `SELECT folder.item FROM item CROSS JOIN folder ON folder.item = item.id
         WHERE item.parent = ? AND item.run = ? AND item.kind = 1
           AND folder.making IN (${MAKING.waiting}, ${MAKING.ready}) LIMIT 500`,
      )
      .pluck();
  }

  /** @param listed it is the destination's listing that they were taken from */
  settle(settlements: readonly Settlement[], listed = false): void {
    for (const settlement of settlements) this.#one(settlement, listed);
  }

  #one(settlement: Settlement, listed = false): void {
    const desk = this.#desk;
    const row = desk.itemOfRun(settlement.item);
    const said = desk.said(row.id);
    desk.book(row, -1, said);
    // Nearly all items have nothing said about them: then there is nothing to replace.
    const replaces = said.length + settlement.findings.length > 0;
    const added = replaces ? desk.setFindings(row.id, ORIGIN.settlement, settlement.findings) : said;
    const settled: ItemRow = {
      ...row,
      state: STATE.settled,
      outcome: outcomes.indexOf(settlement.outcome),
      grade: settlement.grade === undefined ? null : grades.indexOf(settlement.grade),
      ...this.#fingerprint(settlement),
      ...this.#copy(settlement),
      ...(listed ? { pass: row.pass } : {}),
    };
    desk.update(settled);
    desk.book(settled, 1, [...said.filter(fromListing), ...added]);
    desk.tell(row.id);
    this.#forget(row.id);
    if (settlement.remote) {
      const over = this.#plans.get(row.id)?.replace_id === settlement.remote.id;
      this.#found.note(row.id, row, settlement.remote.id, over || settlement.outcome === 'present');
      this.#plans.drop(row.id);
    }
    this.#keepSentHash(settlement);
    if (itemKinds[row.kind] === 'folder') this.#stopListing(row.id, settlement);
  }

  /** Nothing is under way for the item any more. */
  #forget(item: ItemId): void {
    this.#dropUpload(item);
    this.#dropAgain.run(item);
    this.#desk.takeBack('copy', item);
    this.#desk.takeBack('list', item);
  }

  #fingerprint({ fingerprint }: Settlement): Partial<ItemRow> {
    if (!fingerprint) return {};
    const { size, modified, fileId } = fingerprint;
    return { size, modified, ...(fileId === undefined ? {} : { file_id: fileId }) };
  }

  #copy({ remote }: Settlement): Partial<ItemRow> {
    if (!remote) return {};
    this.#forgetTheirs(packId(remote.id, this.#desk.drives));
    return { there: 1, pass: UNLISTED, remote: packCopy(this.#desk, remote) };
  }

  /** What a later verification compares with. It stays as long as the copy does; other bytes of which nothing is known take it away. */
  #keepSentHash({ item, remote, fingerprint, sentHash }: Settlement): void {
    if (sentHash !== undefined) this.#keepHash.run(item, packHash(sentHash));
    else if (remote && fingerprint) this.#dropHash.run(item);
  }

  /** A folder that failed or is left out is listed no further, and nobody below it counts as gone. */
  #stopListing(item: ItemId, { outcome }: Settlement): void {
    const folder = this.#folders.get(item);
    if (!folder || outcome === 'copied' || outcome === 'present') return;
    if (folder.listing === LISTING.toDo) this.#folders.save({ ...folder, listing: LISTING.none }, folder);
  }

  folderMade(item: ItemId, remote: { readonly id: string; readonly existed: boolean }): void {
    const desk = this.#desk;
    const row = desk.itemOfRun(item);
    this.#forgetTheirs(packId(remote.id, desk.drives));
    this.#found.note(item, row, remote.id, remote.existed);
    const made: ItemRow = {
      ...row,
      there: 1,
      pass: UNLISTED,
      remote: packCopy(desk, { id: remote.id, tag: undefined }),
    };
    if (row.state === STATE.settled || item === ROOT_ITEM) desk.update(made);
    else {
      desk.book(row, -1);
      const outcome = outcomes.indexOf(remote.existed ? 'present' : 'copied');
      const settled = { ...made, state: STATE.settled, outcome, grade: grades.indexOf('present') };
      desk.update(settled);
      desk.book(settled, 1);
      desk.tell(item);
    }
    this.#plans.drop(item);
    this.#setMaking(item, MAKING.made);
    this.#folders.freeChildren(item);
  }

  folderFailed(item: ItemId, code: Code, detail: string | undefined): void {
    this.#failFolder(item, { code, ...(detail === undefined ? {} : { detail }) });
    const open = [item];
    for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
      this.#failFilesIn(folder);
      this.#failFoldersIn(folder, open);
    }
  }

  #failFilesIn(folder: ItemId): void {
    for (;;) {
      const files = this.#files.all(folder, this.#desk.mark);
      if (files.length === 0) return;
      for (const item of files) this.#one(failure(item, { code: 'below-failed-folder' }));
    }
  }

  #failFoldersIn(folder: ItemId, open: ItemId[]): void {
    for (;;) {
      const folders = this.#unmade.all(folder, this.#desk.mark);
      if (folders.length === 0) return;
      for (const item of folders) {
        this.#failFolder(item, { code: 'below-failed-folder' });
        open.push(item);
      }
    }
  }

  /** Its listing goes on: what is in it is to be accounted for. */
  #failFolder(item: ItemId, finding: ItemFinding): void {
    const before = this.#folders.get(item);
    if (this.#desk.itemOfRun(item).state !== STATE.settled) {
      this.#one(failure(item, finding));
      this.#resumeListing(item, before);
    }
    this.#setMaking(item, MAKING.failed);
  }

  #resumeListing(item: ItemId, before: FolderRow | undefined): void {
    const folder = this.#folders.get(item);
    if (folder && before) this.#folders.save({ ...folder, listing: before.listing }, folder);
  }

  #setMaking(item: ItemId, making: number): void {
    const folder = this.#folders.get(item);
    if (folder) this.#folders.save({ ...folder, making }, folder);
    this.#desk.takeBack('make', item);
  }
}

function fromListing(said: SaidRow): boolean {
  return said.origin < ORIGIN.settlement;
}

function failure(item: ItemId, finding: ItemFinding): Settlement {
  return { item, outcome: 'failed', findings: [finding] };
}
