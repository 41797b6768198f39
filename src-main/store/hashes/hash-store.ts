import type { Database, Statement } from 'better-sqlite3';
import type { ItemId } from '../../../src-shared/model/item.ts';
import type { Migration } from '../database/migrate.ts';
import { openDatabase } from '../database/open-database.ts';
import type { ListedFile } from './listed-files.ts';

/** What files held when they were read, by their numbers in the journal of the task. Losing it costs reading, and nothing else. */
const migrations: readonly Migration[] = [
  {
    number: 1,
    name: 'hashes',
    sql: `CREATE TABLE hash (
      item INTEGER PRIMARY KEY,
      size INTEGER NOT NULL,
      modified INTEGER NOT NULL, -- milliseconds since 1970, REAL where there are fractions
      file_id TEXT,
      head BLOB NOT NULL,
      whole BLOB                 -- NULL where the beginning told it from all others
    )`,
  },
];

/** Hashes of a file as it was: of its beginning, and of all of it where that was read. */
export interface FileHashes {
  readonly head: Uint8Array;
  readonly whole: Uint8Array | undefined;
}

/** A file that was read, as it was then. */
export interface ReadFile extends FileHashes, Pick<ListedFile, 'item' | 'size' | 'modified' | 'fileId'> {}

/** Names with the same bytes. */
export interface SameBytes {
  readonly size: number;
  readonly whole: Uint8Array;
  readonly files: readonly { readonly item: ItemId; readonly linked: boolean }[];
}

interface KeptRow {
  readonly size: number;
  readonly modified: number;
  readonly file_id: string | null;
  readonly head: Uint8Array;
  readonly whole: Uint8Array | null;
}

/**
 * Finds files of the same size and content, in a database: what is compared are tables on disk, so ten million files need no memory. Hashes are
 * kept from one look to the next; what is compared is not. Synchronous, in small pieces but for {@link groups}.
 */
export class HashStore {
  readonly #database: Database;
  readonly #countSize: Statement;
  readonly #isShared: Statement<[number], number>;
  readonly #kept: Statement<[number], KeptRow>;
  readonly #keep: Statement;
  readonly #addCandidate: Statement;
  readonly #setHashes: Statement;
  readonly #withoutHead: Statement<[number, number], number>;
  readonly #withoutWhole: Statement<[number, number], number>;

  /** @throws ProblemError as stores do */
  constructor(file: string, now: number) {
    const { database } = openDatabase({ file, now }, migrations);
    this.#database = database;
    database.pragma('temp_store = FILE');
    database.exec(`
      CREATE TEMP TABLE size_count (size INTEGER PRIMARY KEY, files INTEGER NOT NULL);
      CREATE TEMP TABLE candidate (item INTEGER PRIMARY KEY, size INTEGER NOT NULL, head BLOB, whole BLOB, linked INTEGER NOT NULL);
      CREATE INDEX temp.candidate_by_content ON candidate (size, head, whole);`);
    this.#countSize = database.prepare(
      'INSERT INTO size_count (size, files) VALUES (?, 1) ON CONFLICT (size) DO UPDATE SET files = files + 1',
    );
    this.#isShared = database
      .prepare<[number], number>('SELECT 1 FROM size_count WHERE size = ? AND files > 1')
      .pluck();
    this.#kept = database.prepare('SELECT size, modified, file_id, head, whole FROM hash WHERE item = ?');
    this.#keep = database.prepare(
      'INSERT OR REPLACE INTO hash (item, size, modified, file_id, head, whole) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#addCandidate = database.prepare(
      'INSERT INTO candidate (item, size, head, whole, linked) VALUES (?, ?, ?, ?, ?)',
    );
    this.#setHashes = database.prepare('UPDATE candidate SET head = ?, whole = ? WHERE item = ?');
    this.#withoutHead = database
      .prepare<[number, number], number>(
        'SELECT item FROM candidate WHERE item > ? AND head IS NULL ORDER BY item LIMIT ?',
      )
      .pluck();
    this.#withoutWhole = database
      .prepare<[number, number], number>(
        `SELECT item FROM candidate AS one WHERE item > ? AND head IS NOT NULL AND whole IS NULL AND EXISTS
           (SELECT 1 FROM candidate AS other WHERE other.size = one.size AND other.head = one.head AND other.item <> one.item)
         ORDER BY item LIMIT ?`,
      )
      .pluck();
  }

  /** First pass over all files: how many there are of each size. */
  countSizes(files: readonly ListedFile[]): void {
    this.#together(() => {
      for (const { size } of files) this.#countSize.run(size);
    });
  }

  /** Second pass: those whose size occurs more than once are candidates, with the hashes that are known of them. */
  addCandidates(files: readonly ListedFile[]): { readonly added: number; readonly known: number } {
    let [added, known] = [0, 0];
    this.#together(() => {
      for (const file of files) {
        if (this.#isShared.get(file.size) === undefined) continue;
        const hashes = this.#known(file);
        added += 1;
        if (hashes) known += 1;
        this.#addCandidate.run(
          ...[file.item, file.size, hashes?.head ?? null, hashes?.whole ?? null, file.linked ? 1 : 0],
        );
      }
    });
    return { added, known };
  }

  /** Candidates whose beginning is not known; and those whose beginning is that of another one of their size, and that are not read in full. */
  toRead(what: 'head' | 'whole', after: ItemId, limit: number): readonly ItemId[] {
    return (what === 'head' ? this.#withoutHead : this.#withoutWhole).all(after, limit);
  }

  /** Keeps what was read of files, for this comparison and for later ones. */
  keep(files: readonly ReadFile[]): void {
    this.#together(() => {
      for (const { item, size, modified, fileId = null, head, whole = null } of files) {
        this.#keep.run(item, size, modified, fileId, head, whole);
        this.#setHashes.run(head, whole, item);
      }
    });
  }

  /** Names with the same bytes, those first that take most room. Goes through all candidates before the first comes. */
  *groups(): Generator<SameBytes, void, undefined> {
    this.#database.exec(`
      CREATE TEMP TABLE same AS SELECT size, head, whole FROM candidate WHERE whole IS NOT NULL
      GROUP BY size, head, whole HAVING count(*) > 1 ORDER BY size * (count(*) - 1) DESC, size DESC, min(item)`);
    const next = this.#database.prepare<
      [number],
      { no: number } & Record<'head' | 'whole', Uint8Array> & { size: number }
    >('SELECT rowid AS no, size, head, whole FROM same WHERE rowid > ? ORDER BY rowid LIMIT 1');
    const members = this.#database.prepare<
      [number, Uint8Array, Uint8Array],
      { item: number; linked: number }
    >('SELECT item, linked FROM candidate WHERE size = ? AND head = ? AND whole = ? ORDER BY item');
    for (let group = next.get(0); group !== undefined; group = next.get(group.no)) {
      const { size, head, whole } = group;
      const files = members
        .all(size, head, whole)
        .map(({ item, linked }) => ({ item, linked: linked === 1 }));
      yield { size, whole, files };
    }
  }

  close(): void {
    this.#database.close();
  }

  /** The hashes of a file that is, by all that a listing tells, what it was when it was read. */
  #known({ item, size, modified, fileId }: ListedFile): FileHashes | undefined {
    const row = this.#kept.get(item);
    if (!row || row.size !== size || row.modified !== modified || row.file_id !== (fileId ?? null))
      return undefined;
    return { head: row.head, whole: row.whole ?? undefined };
  }

  #together(work: () => void): void {
    this.#database.transaction(work)();
  }
}
