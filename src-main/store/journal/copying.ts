import type { Statement } from 'better-sqlite3';
import type { ItemId } from '../../../src-shared/model/item.ts';
import type { FileToCopy, FolderToMake, SizeRange } from '../journal.ts';
import { collect } from './collect.ts';
import { createdOf, dropUpload } from './copies.ts';
import type { Desk } from './desk.ts';
import { type ItemRow, MAKING, packFileId, STATE } from './item-state.ts';
import { HANDED, type SealedHanded } from './lease.ts';
import { unpackRemote } from './pack-remote.ts';
import { join } from './paths.ts';
import { fingerprintOf, type Plans } from './plans.ts';

/** An upload as it is kept: its token is sealed before it comes here, and opened after it left. */
export interface SealedUpload {
  readonly item: ItemId;
  readonly token: Uint8Array;
  readonly expires: number;
  readonly offset: number;
  readonly size: number;
  readonly modified: number;
  readonly file_id: string | null;
}

export type FileWithSealedUpload = Omit<FileToCopy, 'upload'> & {
  readonly upload: SealedUpload | undefined;
  /** An upload that the unit's former holder had under way, where there is none of ours. */
  readonly handed: SealedHanded | undefined;
};

/** Items with a size from the first number to the second. */
type SizedStatement = Statement<[number, number], number>;

const ANY_SIZE: SizeRange = { least: 0, most: Number.MAX_SAFE_INTEGER };

/** The queues of folders to make and files to copy. */
export class Copying {
  readonly #desk: Desk;
  readonly #plans: Plans;
  readonly #dropUpload: (item: ItemId) => void;
  readonly #toMake: Statement<[], number>;
  readonly #unfinished: SizedStatement;
  readonly #largest: SizedStatement;
  readonly #smallest: SizedStatement;
  readonly #again: SizedStatement;
  readonly #attempts: Statement<[number], number>;
  readonly #putBack: Statement;
  readonly #setAgain: Statement;
  readonly #upload: Statement<[number], SealedUpload>;
  readonly #uploadsLeft: Statement<[number], SealedUpload>;
  readonly #underWay: Statement<[number, number], SealedUpload>;
  readonly #handed: Statement<[string], SealedHanded>;
  readonly #saveUpload: Statement;
  readonly #saveProgress: Statement;
  /** Which end of the queue is next. */
  #large = true;

  constructor(desk: Desk, plans: Plans) {
    const { database } = desk;
    this.#desk = desk;
    this.#plans = plans;
    this.#dropUpload = dropUpload(desk);
    const sized = (sql: string) => database.prepare<[number, number], number>(sql).pluck();
    // Parents have smaller numbers than what is in them, so they come first.
    this.#toMake = database
      .prepare<[], number>(`SELECT item FROM folder WHERE making = ${MAKING.ready} ORDER BY item`)
      .pluck();
    this.#unfinished = sized(
      `SELECT upload.item FROM upload CROSS JOIN item ON item.id = upload.item
       WHERE item.state = ${STATE.ready} AND item.size BETWEEN ? AND ? ORDER BY upload.item`,
    );
    const ready = `SELECT id FROM item WHERE state = ${STATE.ready} AND size BETWEEN ? AND ? ORDER BY size`;
    this.#largest = sized(`${ready} DESC`);
    this.#smallest = sized(ready);
    this.#again = sized(
      `SELECT again.item FROM again CROSS JOIN item ON item.id = again.item
       WHERE item.state = ${STATE.again} AND item.size BETWEEN ? AND ? ORDER BY turn`,
    );
    this.#attempts = database.prepare<[number], number>('SELECT attempts FROM again WHERE item = ?').pluck();
    this.#putBack = database.prepare(
      `INSERT INTO again (item, attempts, turn) VALUES (?, ?, ?)
       ON CONFLICT (item) DO UPDATE SET attempts = attempts + excluded.attempts, turn = excluded.turn`,
    );
    this.#setAgain = database.prepare(
      `UPDATE item SET state = ${STATE.again} WHERE id = ? AND state = ${STATE.ready}`,
    );
    const uploads =
      'SELECT item, token, expires, offset, size, modified, CAST(file_id AS TEXT) AS file_id FROM upload';
    this.#upload = database.prepare(`${uploads} WHERE item = ?`);
    this.#uploadsLeft = database.prepare(`${uploads} ORDER BY item LIMIT ?`);
    this.#underWay = database.prepare(`${uploads} WHERE offset >= ? ORDER BY offset DESC LIMIT ?`);
    this.#handed = database.prepare(`${HANDED} WHERE path = ?`);
    this.#saveUpload = database.prepare('INSERT INTO upload VALUES (?, ?, ?, ?, ?, ?, ?)');
    this.#saveProgress = database.prepare('UPDATE upload SET offset = ?, expires = ? WHERE item = ?');
  }

  takeFoldersToMake(limit: number): readonly FolderToMake[] {
    const desk = this.#desk;
    const taken: ItemId[] = [];
    collect(() => this.#toMake.iterate(), limit, desk.given.make, taken);
    return taken.map((item) => {
      desk.give('make', item);
      const row = desk.itemOfRun(item);
      const parent = desk.item(row.parent);
      return {
        item,
        path: join(desk.paths.of(row.parent).path, row.name),
        name: row.destination_name ?? row.name,
        parentRemoteId: this.#remoteId(parent),
        created: this.#created(row),
        modified: row.modified,
      };
    });
  }

  /** Unfinished uploads; then by turns from the large end and the small one, so that no large file is left for the end; then those put back. */
  takeFiles(limit: number, sizes: SizeRange = ANY_SIZE): readonly FileWithSealedUpload[] {
    const desk = this.#desk;
    const taken: ItemId[] = [];
    const given = desk.given.copy;
    const range = [sizes.least, sizes.most] as const;
    collect(() => this.#unfinished.iterate(...range), limit, given, taken);
    this.#fromBothEnds(limit, range, taken);
    collect(() => this.#again.iterate(...range), limit, given, taken);
    for (const item of taken) desk.give('copy', item);
    return taken.map((item) => this.#file(item));
  }

  #fromBothEnds(limit: number, range: readonly [number, number], taken: ItemId[]): void {
    const wanted = limit - taken.length;
    if (wanted < 1) return;
    const skip = new Set([...this.#desk.given.copy, ...taken]);
    const large: ItemId[] = [];
    const small: ItemId[] = [];
    const half = this.#large ? Math.ceil(wanted / 2) : Math.floor(wanted / 2);
    collect(() => this.#largest.iterate(...range), half, skip, large);
    collect(
      () => this.#smallest.iterate(...range),
      wanted - large.length,
      new Set([...skip, ...large]),
      small,
    );
    if (wanted % 2 === 1) this.#large = !this.#large;
    for (let i = 0; i < Math.max(large.length, small.length); i++)
      taken.push(...large.slice(i, i + 1), ...small.slice(i, i + 1));
  }

  #file(item: ItemId): FileWithSealedUpload {
    const desk = this.#desk;
    const row = desk.itemOfRun(item);
    const plan = this.#plans.get(item);
    const path = join(desk.paths.of(row.parent).path, row.name);
    const upload = this.#upload.get(item);
    const replaces = plan && plan.replace_id !== null && plan.replace_tag !== null;
    return {
      item,
      path,
      name: row.destination_name ?? row.name,
      parentRemoteId: this.#remoteId(desk.item(row.parent)),
      fingerprint: fingerprintOf(row),
      created: this.#created(row),
      replace: replaces ? { id: plan.replace_id ?? '', tag: plan.replace_tag ?? '' } : undefined,
      attempts: this.#attempts.get(item) ?? 0,
      upload,
      handed: upload || !desk.takenOver ? undefined : this.#handed.get(path),
    };
  }

  #created(row: ItemRow): number {
    return this.#plans.get(row.id)?.created ?? (row.there === null ? createdOf(row.remote) : row.modified);
  }

  #remoteId(folder: ItemRow | undefined): string {
    if (!folder?.remote || folder.there !== 1) throw new Error(`folder ${folder?.id} is not made`);
    return unpackRemote(folder.remote, this.#desk.drives).id;
  }

  putBack(item: ItemId, tries: number): void {
    const desk = this.#desk;
    if (desk.itemOfRun(item).state === STATE.settled) throw new Error(`item ${item} is settled`);
    desk.accounts.count('turns', 1);
    this.#putBack.run(item, tries, desk.accounts.counted('turns'));
    // One whose folder has vanished meanwhile waits for that.
    this.#setAgain.run(item);
    desk.takeBack('copy', item);
  }

  saveUploads(uploads: readonly SealedUpload[]): void {
    for (const { item, token, expires, offset, size, modified, file_id } of uploads) {
      this.#desk.itemOfRun(item);
      this.#dropUpload(item);
      this.#saveUpload.run(item, token, expires, offset, size, modified, packFileId(file_id ?? undefined));
      this.#desk.accounts.count('uploads', 1);
    }
  }

  saveProgress(item: ItemId, offset: number, expires: number): void {
    this.#saveProgress.run(offset, expires, item);
  }

  dropUpload(item: ItemId): void {
    this.#dropUpload(item);
  }

  /** Uploads of which so many bytes have arrived, with the paths of their files. */
  uploadsUnderWay(leastBytes: number, limit: number): readonly (SealedUpload & { readonly path: string })[] {
    const { paths } = this.#desk;
    return this.#underWay.all(leastBytes, limit).flatMap((upload) => {
      const row = this.#desk.item(upload.item);
      return row ? { ...upload, path: join(paths.of(row.parent).path, row.name) } : [];
    });
  }

  uploadsLeft(limit: number): readonly SealedUpload[] {
    return this.#uploadsLeft.all(limit);
  }
}
