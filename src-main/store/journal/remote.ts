import type { Statement } from 'better-sqlite3';
import { type ItemId, ROOT_ITEM } from '../../../src-shared/model/item.ts';
import { nameKey } from '../../../src-shared/rules/names.ts';
import type { RemotePage, UnlistedCopy } from '../journal.ts';
import type { Desk } from './desk.ts';
import type { FolderTimes } from './folder-times.ts';
import type { Folders } from './folders.ts';
import { COPIED, FOLDER, ITEM_COLUMNS, type ItemRow, SIZE_EQUAL, STATE, UNLISTED } from './item-state.ts';
import { nameHash } from './name-hash.ts';
import { idOf, indexKey, packId, unpackRemote } from './pack-remote.ts';
import { join } from './paths.ts';

type RemoteEntry = RemotePage['items'][number];

/** What the destination tells of itself: matched with our copies, kept where it is something else. */
export class RemoteView {
  readonly #desk: Desk;
  readonly #folders: Folders;
  readonly #times: FolderTimes;
  readonly #byKey: Statement<[Uint8Array], ItemRow>;
  readonly #listed: Statement;
  readonly #gone: Statement;
  readonly #drop: Statement;
  readonly #save: Statement;
  readonly #isKept: Statement<[Buffer], number>;
  readonly #hasHash: Statement<[number], number>;
  readonly #childCopies: Statement<[number, number], ItemRow>;
  readonly #sweepItems: Statement;
  readonly #sweepRemote: Statement;

  constructor(desk: Desk, folders: Folders, times: FolderTimes) {
    const { database } = desk;
    this.#desk = desk;
    this.#folders = folders;
    this.#times = times;
    this.#byKey = database.prepare(
      `SELECT ${ITEM_COLUMNS} FROM item WHERE substr(remote, 2, 3) = ? AND there IS NOT NULL`,
    );
    this.#listed = database.prepare('UPDATE item SET pass = ?, there = 1 WHERE id = ?');
    this.#gone = database.prepare(`UPDATE item SET pass = ${UNLISTED}, there = 0 WHERE id = ?`);
    this.#drop = database.prepare('DELETE FROM remote WHERE id = ?');
    this.#save = database.prepare(
      'INSERT OR REPLACE INTO remote VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.#isKept = database.prepare<[Buffer], number>('SELECT 1 FROM remote WHERE id = ?').pluck();
    this.#hasHash = database.prepare<[number], number>('SELECT 1 FROM sent WHERE item = ?').pluck();
    this.#childCopies = database.prepare(
      `SELECT ${ITEM_COLUMNS} FROM item WHERE parent = ? AND there = 1 AND id > ? ORDER BY id LIMIT 500`,
    );
    // Copies of the run that is open are left to takeUnlisted: they may be younger than the listing.
    this.#sweepItems = database.prepare(
      `UPDATE item SET there = 0, pass = ${UNLISTED}
       WHERE there = 1 AND pass <> ? AND id <> ${ROOT_ITEM} AND NOT (run = ? AND state = ${STATE.settled})`,
    );
    this.#sweepRemote = database.prepare('DELETE FROM remote WHERE pass <> ?');
  }

  record(page: RemotePage): void {
    if (page.first) this.#beginSweep();
    const pass = this.#pass();
    for (const item of page.items) if (!page.everywhere || this.#isOurs(item)) this.#item(item, pass);
    for (const id of page.deleted) this.#deleted(packId(id, this.#desk.drives));
    if (page.mark === undefined) return;
    this.#desk.saveMeta('mark', page.mark);
    this.#desk.saveMeta('pass end', Number(this.#desk.meta('pass end') ?? 0) + 1);
    if (this.#desk.meta('sweeping') === 1) this.#endSweep(pass);
  }

  mark(): string | undefined {
    const mark = this.#desk.meta('mark');
    return mark === undefined ? undefined : String(mark);
  }

  /** Passes have numbers from 3 to 127 (one byte); a copy that was not seen in the last full one is gone. */
  #pass(): number {
    return Number(this.#desk.meta('pass') ?? UNLISTED + 1);
  }

  #beginSweep(): void {
    const next = this.#pass() + 1;
    this.#desk.saveMeta('pass', next > 127 ? UNLISTED + 1 : next);
    this.#desk.saveMeta('sweeping', 1);
  }

  #endSweep(pass: number): void {
    this.#sweepItems.run(pass, this.#desk.mark);
    this.#sweepRemote.run(pass);
    this.#desk.saveMeta('sweeping', 0);
  }

  #item(item: RemoteEntry, pass: number): void {
    const id = packId(item.id, this.#desk.drives);
    const own = this.#own(id);
    if (!own) {
      this.#keep(id, item, pass, null, 0);
      return;
    }
    this.#listed.run(pass, own.id);
    if (own.kind === FOLDER) this.#times.listed(own, item.modified);
    // A folder is the one that we know, whatever was changed about it.
    const same =
      own.kind === FOLDER || (own.remote && unpackRemote(own.remote, this.#desk.drives).tag === item.tag);
    const ofThisRun = own.run === this.#desk.mark && own.state === STATE.settled && own.outcome === COPIED;
    if (!same) this.#keep(id, item, pass, own.id, ofThisRun ? 1 : 0);
    else if (ofThisRun && own.grade === SIZE_EQUAL && item.hash && this.#hasHash.get(own.id)) {
      this.#keep(id, item, pass, own.id, 1);
    } else this.#drop.run(id);
  }

  /** Whether it is in one of our folders. A copy that has left them counts as deleted. */
  #isOurs(item: RemoteEntry): boolean {
    const folder = this.#own(packId(item.parent, this.#desk.drives));
    if (folder?.kind === FOLDER) return true;
    const id = packId(item.id, this.#desk.drives);
    if (this.#own(id)?.id !== ROOT_ITEM) this.#deleted(id);
    return false;
  }

  #keep(id: Buffer, item: RemoteEntry, pass: number, own: ItemId | null, regrade: number): void {
    this.#save.run(
      id,
      packId(item.parent, this.#desk.drives),
      nameHash(nameKey(item.name)),
      item.name,
      item.kind === 'folder' ? 1 : 0,
      item.size,
      item.modified,
      item.tag,
      item.hash ?? null,
      pass,
      own,
      regrade,
    );
  }

  #own(id: Buffer): ItemRow | undefined {
    return this.#byKey.all(indexKey(id)).find((row) => row.remote !== null && idOf(row.remote).equals(id));
  }

  #lose(copy: ItemRow): void {
    this.#gone.run(copy.id);
    if (copy.kind === FOLDER && copy.run === this.#desk.mark) this.#folders.lost(copy);
  }

  /** With a folder goes what is in it, except what was seen elsewhere before. */
  #deleted(id: Buffer): void {
    this.#drop.run(id);
    const own = this.#own(id);
    if (!own || own.id === ROOT_ITEM) return;
    this.#lose(own);
    const open = own.kind === FOLDER ? [own.id] : [];
    for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
      let last = 0;
      for (
        let some = this.#childCopies.all(folder, last);
        some.length > 0;
        some = this.#childCopies.all(folder, last)
      ) {
        for (const child of some) {
          last = child.id;
          if (child.remote && this.#isKept.get(idOf(child.remote))) continue;
          this.#lose(child);
          if (child.kind === FOLDER) open.push(child.id);
        }
      }
    }
  }
}

/** Copies of a run that were settled and not listed since. */
export class Unlisted {
  readonly #desk: Desk;
  readonly #window: Statement<[number, number, number], number>;
  readonly #last: Statement<[], number>;
  #at = 0;
  #passEnd = 0;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#window = desk.database
      .prepare<[number, number, number], number>(
        `SELECT id FROM item WHERE id > ? AND id <= ? AND run = ? AND state = ${STATE.settled}
           AND outcome = ${COPIED} AND pass = ${UNLISTED} AND kind IN (0, 1) ORDER BY id`,
      )
      .pluck();
    this.#last = desk.database.prepare<[], number>('SELECT max(id) FROM item').pluck();
  }

  /** Looks at the next 20,000 items only, so that the thread is not held for long; `done` says that there are no more. */
  take(limit: number): {
    readonly items: readonly UnlistedCopy[];
    readonly done: boolean;
  } {
    const desk = this.#desk;
    const [at, known] = [this.#at, this.#passEnd];
    desk.onUndo(() => {
      this.#at = at;
      this.#passEnd = known;
    });
    const passEnd = Number(desk.meta('pass end') ?? 0);
    if (passEnd !== this.#passEnd) this.#at = 0;
    this.#passEnd = passEnd;
    const end = this.#at + 20_000;
    const items: UnlistedCopy[] = [];
    const ids = this.#window.all(this.#at, end, desk.mark);
    for (const item of ids.slice(0, limit)) {
      const row = desk.itemOfRun(item);
      const kind = row.kind === FOLDER ? 'folder' : 'file';
      items.push({ item, kind, path: join(desk.paths.of(row.parent).path, row.name) });
    }
    const lastTaken = items.at(-1)?.item;
    this.#at = ids.length > limit && lastTaken !== undefined ? lastTaken : end;
    return { items, done: this.#at >= (this.#last.get() ?? 0) };
  }
}
