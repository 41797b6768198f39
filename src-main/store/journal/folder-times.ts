import type { Statement } from 'better-sqlite3';
import { DESTINATION_TOLERANCE_MS } from '../../../src-shared/rules/decide.ts';
import type { FolderDated, FolderTimeToSet } from '../journal.ts';
import type { Desk } from './desk.ts';
import { COPIED, FOLDER, type ItemRow, ORIGIN, STATE } from './item-state.ts';
import { unpackRemote } from './pack-remote.ts';

/** Folders of ours whose time at the destination is to be set once all that is in them is done. */
export class FolderTimes {
  readonly #desk: Desk;
  readonly #add: Statement;
  readonly #drop: Statement;
  readonly #some: Statement<[number], number>;
  readonly #found: Statement<[number], number>;
  readonly #wroteIn: Statement<[number, number], number>;

  constructor(desk: Desk) {
    const { database } = desk;
    this.#desk = desk;
    this.#add = database.prepare('INSERT OR IGNORE INTO late_time (item) VALUES (?)');
    this.#drop = database.prepare('DELETE FROM late_time WHERE item = ?');
    this.#some = database
      .prepare<[number], number>('SELECT item FROM late_time ORDER BY item DESC LIMIT ?')
      .pluck();
    this.#found = database.prepare<[number], number>('SELECT 1 FROM found WHERE item = ?').pluck();
    this.#wroteIn = database
      .prepare<[number, number], number>(
        `SELECT 1 FROM item WHERE parent = ? AND run = ? AND state = ${STATE.settled} AND outcome = ${COPIED} LIMIT 1`,
      )
      .pluck();
  }

  /** The source says another time than it did when the folder was made, or dated last. */
  note(folder: ItemRow): void {
    if (folder.kind === FOLDER && folder.there === 1) this.#add.run(folder.id);
  }

  /** The destination says a time. Where it is another because of what we wrote into the folder, it is put right; else it is not our doing. */
  listed(folder: ItemRow, modified: number): void {
    const { mark } = this.#desk;
    if (folder.run !== mark || folder.state !== STATE.settled) return;
    if (Math.abs(modified - folder.modified) <= DESTINATION_TOLERANCE_MS) this.#drop.run(folder.id);
    else if (folder.outcome === COPIED || this.#wroteIn.get(folder.id, mark)) this.#add.run(folder.id);
  }

  /** The youngest first: what is in a folder comes before it. */
  take(limit: number): readonly FolderTimeToSet[] {
    const desk = this.#desk;
    const folders: FolderTimeToSet[] = [];
    while (folders.length === 0) {
      const some = this.#some.all(limit);
      if (some.length === 0) break;
      for (const item of some) {
        const row = desk.item(item);
        if (!row?.remote || !this.#isOurs(row)) this.#drop.run(item);
        else {
          const { id } = unpackRemote(row.remote, desk.drives);
          folders.push({ item, id, name: row.destination_name ?? row.name, modified: row.modified });
        }
      }
    }
    return folders;
  }

  /** Seen in this run, made by us, and still there. */
  #isOurs({ id, run, state, there }: ItemRow): boolean {
    return run === this.#desk.mark && state === STATE.settled && there === 1 && !this.#found.get(id);
  }

  settle(verdicts: readonly FolderDated[]): void {
    const desk = this.#desk;
    for (const { item, why } of verdicts) {
      this.#drop.run(item);
      const row = desk.item(item);
      if (why === undefined || row?.run !== desk.mark) continue;
      desk.book(row, -1);
      desk.setFindings(item, ORIGIN.end, [{ code: 'folder-time-not-set', detail: why }]);
      desk.book(row, 1);
      desk.tell(item);
    }
  }
}
