import type { Database, Statement } from 'better-sqlite3';
import type { Grade, ItemId } from '../../src-shared/model/item.ts';
import { ok, ProblemError, type Result } from '../../src-shared/model/problem.ts';
import { openReader } from './database/open-database.ts';
import { unpackHash } from './journal/hashes.ts';
import { COPIED, FOLDER, gradeOf, markOf, PRESENT, STATE } from './journal/item-state.ts';
import { type Drives, idOf, indexKey, packId, unpackRemote } from './journal/pack-remote.ts';
import { Paths } from './journal/paths.ts';

/** A copy as the task's last run left it. */
export interface TaskCopy {
  readonly item: ItemId;
  readonly kind: 'file' | 'folder';
  /** Below the source. */
  readonly path: string;
  /** At the destination. */
  readonly name: string;
  /** Of the folder that it was put into; undefined where nobody knows it. */
  readonly parent: string | undefined;
  readonly id: string;
  /** Undefined for folders. */
  readonly tag: string | undefined;
  /** Of the source when its bytes were read. Milliseconds since 1970. */
  readonly size: number;
  readonly modified: number;
  readonly grade: Grade | undefined;
  /** quickXorHash of the bytes that were sent; undefined for what was there before, and for what is no file. */
  readonly sentHash: string | undefined;
}

/** What a task copied or found there, read beside whoever writes the journal. Synchronous, in small pieces. */
export interface TaskCopies {
  /** Number of the journal's last run; -1 before the first. */
  readonly run: number;
  /** It came to its end. */
  readonly finished: boolean;
  /** The highest number of an item. */
  readonly lastItem: ItemId;
  /** Copies of the last run in the order of their numbers: folders before what is in them. */
  after(item: ItemId, limit: number): readonly TaskCopy[];
  /** The copy that has this id at the destination. */
  byId(id: string): TaskCopy | undefined;
  /** Where a folder of ours stands at the destination, below the root; undefined for one that is not ours. */
  folderPath(id: string): string | undefined;
  close(): void;
}

interface Row {
  readonly id: number;
  readonly parent: number;
  readonly name: string;
  readonly kind: number;
  readonly grade: number | null;
  readonly size: number;
  readonly modified: number;
  readonly remote: Uint8Array;
  readonly destination_name: string | null;
  readonly hash: Uint8Array | string | null;
}

const COLUMNS = `item.id, parent, name, kind, grade, size, modified, remote, destination_name,
  (SELECT hash FROM sent WHERE sent.item = item.id) AS hash`;
/** Something of this run that is said to be at the destination, and whose id is known. */
const CLAIMED = `there IS NOT NULL AND run = ? AND state = ${STATE.settled} AND outcome IN (${COPIED}, ${PRESENT}) AND kind IN (0, 1) AND item.id > 1`;

/** Opens the journal of a task for reading. Codes: those of the stores. */
export function openTaskCopies(file: string): Result<TaskCopies> {
  try {
    return ok(new CopiesOf(openReader(file)));
  } catch (error) {
    if (error instanceof ProblemError) return { ok: false, problem: error.problem };
    throw error;
  }
}

class CopiesOf implements TaskCopies {
  readonly run: number;
  readonly finished: boolean;
  readonly lastItem: ItemId;
  readonly #mark: number;
  readonly #database: Database;
  readonly #drives: Drives;
  readonly #paths: Paths;
  readonly #after: Statement<[number, number, number], Row>;
  readonly #byKey: Statement<[number, Uint8Array], Row>;
  readonly #folderByKey: Statement<[Uint8Array], { id: number; remote: Uint8Array }>;
  readonly #remoteOf: Statement<[number], Uint8Array>;

  constructor(database: Database) {
    this.#database = database;
    const meta = database.prepare<[string], string | number>('SELECT value FROM meta WHERE key = ?').pluck();
    this.run = Number(meta.get('run') ?? -1);
    this.#mark = markOf((key) => meta.get(key));
    this.finished = meta.get('finished') === 1;
    this.lastItem = database.prepare<[], number>('SELECT max(id) FROM item').pluck().get() ?? 0;
    this.#drives = knownDrives(database);
    this.#paths = new Paths(database);
    this.#after = database.prepare(
      `SELECT ${COLUMNS} FROM item WHERE ${CLAIMED} AND item.id > ? ORDER BY item.id LIMIT ?`,
    );
    this.#byKey = database.prepare(
      `SELECT ${COLUMNS} FROM item WHERE ${CLAIMED} AND substr(remote, 2, 3) = ?`,
    );
    this.#folderByKey = database.prepare(
      `SELECT id, remote FROM item WHERE there IS NOT NULL AND kind = ${FOLDER} AND substr(remote, 2, 3) = ?`,
    );
    this.#remoteOf = database
      .prepare<[number], Uint8Array>('SELECT remote FROM item WHERE id = ? AND there IS NOT NULL')
      .pluck();
  }

  after(item: ItemId, limit: number): readonly TaskCopy[] {
    return this.#after.all(this.#mark, item, limit).map((row) => this.#copyOf(row));
  }

  byId(id: string): TaskCopy | undefined {
    const packed = packId(id, this.#drives);
    const rows = this.#byKey.all(this.#mark, indexKey(packed));
    const row = rows.find(({ remote }) => idOf(remote).equals(packed));
    return row && this.#copyOf(row);
  }

  folderPath(id: string): string | undefined {
    const packed = packId(id, this.#drives);
    const row = this.#folderByKey.all(indexKey(packed)).find(({ remote }) => idOf(remote).equals(packed));
    return row && this.#paths.of(row.id).destinationPath;
  }

  close(): void {
    this.#database.close();
  }

  #copyOf(row: Row): TaskCopy {
    const { id, tag } = unpackRemote(row.remote, this.#drives);
    const parent = this.#remoteOf.get(row.parent);
    const folder = this.#paths.of(row.parent).path;
    return {
      item: row.id,
      kind: row.kind === FOLDER ? 'folder' : 'file',
      path: folder === '' ? row.name : `${folder}/${row.name}`,
      name: row.destination_name ?? row.name,
      parent: parent && unpackRemote(parent, this.#drives).id,
      id,
      tag,
      size: row.size,
      modified: row.modified,
      grade: gradeOf(row.grade),
      sentHash: unpackHash(row.hash),
    };
  }
}

/** The drives of a journal, for who does not write: an id of another drive is no copy of it. */
function knownDrives(database: Database): Drives {
  const rows = database.prepare<[], { no: number; prefix: Buffer }>('SELECT no, prefix FROM drive').all();
  const numbers = new Map(rows.map(({ no, prefix }) => [prefix.toString('hex'), no]));
  const prefixes = new Map(rows.map(({ no, prefix }) => [no, prefix]));
  return {
    numberOf: (prefix) => numbers.get(prefix.toString('hex')),
    prefixOf(number) {
      const prefix = prefixes.get(number);
      if (!prefix) throw new Error(`drive ${number} is not in this journal`);
      return prefix;
    },
  };
}
