import type { Statement } from 'better-sqlite3';
import { type ItemId, itemKinds } from '../../../src-shared/model/item.ts';
import { isAsLeft } from '../../../src-shared/rules/moved.ts';
import { nameKey } from '../../../src-shared/rules/names.ts';
import type { MovedCopy, Newcomer } from '../journal.ts';
import type { Desk } from './desk.ts';
import type { Folders } from './folders.ts';
import {
  COPIED,
  FOLDER,
  gradeOf,
  ITEM_COLUMNS,
  type ItemRow,
  MAKING,
  NEWEST_BEFORE,
  PRESENT,
  packFileId,
  STATE,
} from './item-state.ts';
import { idOf, indexKey, unpackRemote } from './pack-remote.ts';
import { join } from './paths.ts';

/** Of hard links each was copied, and any of them may be the one that is elsewhere now; more are not looked at. */
const MOST_LINKS = 4;

/**
 * By the lowest 24 bits of a number: those of a volume follow one another, and the row is compared in full (10 bytes an item, and only of what has
 * a copy). Made when a later run meets something new for the first time: a first run has nothing to look for.
 */
const INDEX = `CREATE INDEX IF NOT EXISTS item_by_file ON item (file_id & 16777215)
  WHERE there = 1 AND file_id IS NOT NULL`;

interface RemoteRow {
  readonly parent: Buffer;
  readonly name: string;
  readonly size: number;
  readonly modified: number;
  readonly tag: string;
}

/** Copies of what has another path now. */
export class MovedCopies {
  readonly #desk: Desk;
  readonly #folders: Folders;
  /** Prepared once the index is there. */
  #byFile: Statement<[ReturnType<typeof packFileId>], ItemRow> | undefined;
  readonly #byKey: Statement<[Uint8Array], ItemRow>;
  readonly #found: Statement<[number], number>;
  readonly #upload: Statement<[number], number>;
  readonly #remote: Statement<[Buffer], RemoteRow>;
  readonly #children: Statement<[number], number>;
  readonly #foldersIn: Statement<[number], { readonly id: number; readonly remote: Uint8Array }>;
  readonly #foreignIn: Statement<[Buffer], number>;

  constructor(desk: Desk, folders: Folders) {
    const { database } = desk;
    this.#desk = desk;
    this.#folders = folders;
    this.#byKey = database.prepare(
      `SELECT ${ITEM_COLUMNS} FROM item WHERE substr(remote, 2, 3) = ? AND there IS NOT NULL`,
    );
    const pluck = <P extends unknown[]>(sql: string) => database.prepare<P, number>(sql).pluck();
    this.#found = pluck<[number]>('SELECT 1 FROM found WHERE item = ?');
    this.#upload = pluck<[number]>('SELECT 1 FROM upload WHERE item = ?');
    this.#remote = database.prepare('SELECT parent, name, size, modified, tag FROM remote WHERE id = ?');
    this.#children = pluck<[number]>(
      `SELECT count(*) FROM item WHERE parent = ? AND there = 1 AND state <> ${STATE.gone}`,
    );
    this.#foldersIn = database.prepare(
      'SELECT id, remote FROM item WHERE parent = ? AND kind = 1 AND there = 1 AND remote IS NOT NULL',
    );
    this.#foreignIn = pluck<[Buffer]>('SELECT 1 FROM remote WHERE parent = ? AND own IS NULL LIMIT 1');
  }

  /**
   * Nothing that was born after all that earlier runs saw is found, by the clock of the source alone: file systems of Unix give the number of a
   * deleted file to the next one that is made, and that may have the same size and time.
   */
  find(folder: ItemId, entries: readonly Newcomer[]): readonly (readonly MovedCopy[])[] {
    const byFile = this.#indexed();
    const parent = this.#desk.remoteId(folder);
    const newest = Number(this.#desk.meta(NEWEST_BEFORE) ?? 0);
    return entries.map((entry) => {
      if (entry.created > newest) return [];
      if (entry.fileId === undefined || this.#desk.find(folder, entry.name)) return [];
      const rows = byFile.all(packFileId(entry.fileId)).filter((row) => isSame(row, entry));
      return rows.slice(0, MOST_LINKS).flatMap((row) => this.#copy(row, entry, parent) ?? []);
    });
  }

  #indexed(): Statement<[ReturnType<typeof packFileId>], ItemRow> {
    if (this.#byFile) return this.#byFile;
    const { database } = this.#desk;
    database.exec(INDEX);
    this.#byFile = database.prepare(
      `SELECT ${ITEM_COLUMNS} FROM item WHERE (file_id & 16777215) = (? & 16777215) AND there = 1 AND file_id IS NOT NULL`,
    );
    this.#desk.onUndo(() => {
      this.#byFile = undefined;
    });
    return this.#byFile;
  }

  heldBy(folder: ItemId): { readonly children: number; readonly foreign: boolean } {
    return { children: this.#children.get(folder) ?? 0, foreign: this.#holdsForeign(folder) };
  }

  countSame(folder: ItemId, entries: readonly Newcomer[]): number {
    return entries.filter((entry) => {
      const row = this.#desk.find(folder, entry.name);
      const sameFile = row?.file_id != null && row.file_id === entry.fileId;
      return sameFile && row.there === 1 && row.kind === itemKinds.indexOf(entry.kind);
    }).length;
  }

  placeOf(folder: ItemId): { readonly id: string } | 'waiting' | undefined {
    const id = this.#desk.remoteId(folder);
    const making = this.#folders.get(folder)?.making;
    if (making === MAKING.made && id !== undefined) return { id };
    return making === MAKING.waiting || making === MAKING.ready ? 'waiting' : undefined;
  }

  /** Undefined: it is not ours, or not as we left it, or something else has the same copy, or this run has seen it where it was. */
  #copy(row: ItemRow, entry: Newcomer, target: string | undefined): MovedCopy | undefined {
    const desk = this.#desk;
    if (!row.remote || row.file_id !== entry.fileId) return undefined;
    if (row.run === desk.mark || this.#found.get(row.id) || this.#upload.get(row.id)) return undefined;
    if (row.outcome !== COPIED && row.outcome !== PRESENT) return undefined;
    const id = idOf(row.remote);
    const owners = this.#byKey.all(indexKey(id)).filter(({ remote }) => remote && idOf(remote).equals(id));
    const parent = this.#desk.remoteId(row.parent);
    if (owners.length !== 1 || parent === undefined) return undefined;
    const copy = unpackRemote(row.remote, desk.drives);
    const common = {
      item: row.id,
      path: join(desk.paths.of(row.parent).path, row.name),
      id: copy.id,
      from: { parent, name: row.destination_name ?? row.name },
      grade: gradeOf(row.grade),
    };
    if (row.kind === FOLDER) return { ...common, tag: undefined, there: false };
    const told = this.#remote.get(id);
    if (!told) return copy.tag === undefined ? undefined : { ...common, tag: copy.tag, there: false };
    const wanted = entry.destinationName ?? entry.name;
    const there =
      unpackRemote(told.parent, desk.drives).id === target && nameKey(told.name) === nameKey(wanted);
    return there && isAsLeft(entry, told) ? { ...common, tag: told.tag, there } : undefined;
  }

  /** Somebody else's file or folder in it, or in a folder of ours below it, as far as the destination has told. */
  #holdsForeign(item: ItemId): boolean {
    const open = [item];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const row = this.#desk.item(at);
      if (row?.remote && this.#foreignIn.get(idOf(row.remote)) !== undefined) return true;
      for (const { id } of this.#foldersIn.all(at)) open.push(id);
    }
    return false;
  }
}

/** A folder's size and time say nothing of what it is. */
function isSame(row: ItemRow, { kind, size, modified }: Newcomer): boolean {
  if (row.kind !== itemKinds.indexOf(kind)) return false;
  return row.kind === FOLDER || (row.size === size && row.modified === modified);
}
