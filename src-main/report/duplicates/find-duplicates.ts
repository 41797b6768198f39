import type { Problem } from '../../../src-shared/model/problem.ts';
import { DuplicateCounter, type DuplicateFigures, groupOf } from '../../../src-shared/survey/duplicates.ts';
import type { Source } from '../../source/source.ts';
import { HashStore, type ReadFile } from '../../store/hashes/hash-store.ts';
import { ListedFiles } from '../../store/hashes/listed-files.ts';
import { writeCsv } from '../csv-file.ts';
import { utc } from '../format.ts';
import type { TellStep } from '../report-steps.ts';
import { HEAD_BYTES, hashFile } from './hash-file.ts';

/** Files of a run with the same content, and what the figures do not know. */
export interface Duplicates extends DuplicateFigures {
  /** Smaller files were not compared; bytes. */
  readonly leastBytes: number;
  /** Files of a size that occurs more than once. */
  readonly compared: number;
  /** Of those: not read again, since they are what they were when they were read for an earlier assessment. */
  readonly known: number;
  readonly bytesRead: number;
  /** Not compared, since reading them would fetch them back. */
  readonly offline: number;
  /** Changed since they were listed, or while they were read. */
  readonly changed: number;
  readonly unread: number;
  /** Why not all were compared. */
  readonly stopped: Problem | undefined;
}

export interface DuplicatesOrder {
  readonly leastBytes: number;
  readonly signal: AbortSignal;
  readonly tell?: TellStep | undefined;
}

export interface DuplicatesRoom {
  readonly journalFile: string;
  /** Number of the run that the files are of: the last one of the journal. */
  readonly run: number;
  readonly hashesFile: string;
  readonly source: Pick<Source, 'open'>;
  /** Where duplicates.csv is written. */
  readonly file: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Columns of duplicates.csv. Scripts rely on them: one is never renamed or moved, only added at the end. */
export const DUPLICATE_COLUMNS = ['group', 'size', 'path', 'modified', 'sha256', 'hard link', 'problem'];

/** Files that are read at the same time, with a megabyte of memory each. */
const AT_ONCE = 4;
const BUFFER_BYTES = 1_048_576;
/** Files between two looks at the store. */
const STEP = 1_000;

/**
 * Finds the files of a task's last run that have the same content: of one size, then with the same beginning, then with the same
 * SHA-256. Memory grows with none of it. The file lists every name of every group, and what could not be read.
 */
export async function findDuplicates(room: DuplicatesRoom, order: DuplicatesOrder): Promise<Duplicates> {
  const files = new ListedFiles(room.journalFile);
  try {
    if (files.run !== room.run) throw new Error(`the journal is of run ${files.run} and not of ${room.run}`);
    const store = new HashStore(room.hashesFile, room.now);
    try {
      return await new Search(room, order, files, store).run();
    } finally {
      store.close();
    }
  } finally {
    files.close();
  }
}

class Search {
  readonly #room: DuplicatesRoom;
  readonly #order: DuplicatesOrder;
  readonly #files: ListedFiles;
  readonly #store: HashStore;
  readonly #counter = new DuplicateCounter();
  readonly #sums = { compared: 0, known: 0, bytesRead: 0, offline: 0, changed: 0, unread: 0 };
  /** What was read and is not yet kept. */
  readonly #read: ReadFile[] = [];
  #stopped: Problem | undefined;

  constructor(room: DuplicatesRoom, order: DuplicatesOrder, files: ListedFiles, store: HashStore) {
    this.#room = room;
    this.#order = order;
    this.#files = files;
    this.#store = store;
  }

  async run(): Promise<Duplicates> {
    await writeCsv(this.#room.file, DUPLICATE_COLUMNS, this.#rows());
    const { leastBytes } = this.#order;
    return { ...this.#counter.result(), ...this.#sums, leastBytes, stopped: this.#stopped };
  }

  async *#rows(): AsyncGenerator<string[]> {
    await this.#choose();
    yield* this.#compare('head');
    yield* this.#compare('whole');
    yield* this.#groups();
  }

  /** Of which sizes there are several files, and which files these are. */
  async #choose(): Promise<void> {
    for await (const some of this.#listed()) {
      this.#sums.offline += some.filter(({ offline }) => offline).length;
      this.#store.countSizes(some.filter(({ offline }) => !offline));
    }
    for await (const some of this.#listed()) {
      const { added, known } = this.#store.addCandidates(some.filter(({ offline }) => !offline));
      this.#sums.compared += added;
      this.#sums.known += known;
    }
  }

  async *#listed(): AsyncGenerator<ReturnType<ListedFiles['after']>> {
    let after = 0;
    for (;;) {
      this.#note();
      if (this.#stopped) return;
      const some = this.#files.after(after, this.#order.leastBytes, STEP);
      const last = some.at(-1);
      if (last === undefined) return;
      yield some;
      after = last.item;
      // Others of the process have their turn.
      await new Promise(setImmediate);
    }
  }

  /** @returns rows of what could not be read */
  async *#compare(what: 'head' | 'whole'): AsyncGenerator<string[]> {
    const buffers = Array.from({ length: AT_ONCE }, () => new Uint8Array(BUFFER_BYTES));
    let [after, done] = [0, 0];
    while (this.#stopped === undefined) {
      const items = this.#store.toRead(what, after, STEP);
      const last = items.at(-1);
      if (last === undefined) return;
      after = last;
      const left = items[Symbol.iterator]();
      const troubles: string[][] = [];
      // The lanes share one iterator: each takes the next file when it is done with one.
      const lane = async (buffer: Uint8Array): Promise<void> => {
        for (const item of left) {
          if (this.#stopped) return;
          const trouble = await this.#readOne(item, what, buffer);
          if (trouble) troubles.push(trouble);
          done += 1;
          if (done % 50 === 0) this.#order.tell?.(STEPS[what], done, this.#sums.compared);
        }
      };
      await Promise.all(buffers.map(lane));
      this.#store.keep(this.#read.splice(0));
      yield* troubles;
    }
  }

  /** @returns a row, if it could not be read */
  async #readOne(item: number, what: 'head' | 'whole', buffer: Uint8Array): Promise<string[] | undefined> {
    this.#note();
    if (this.#stopped) return undefined;
    const listed = this.#files.find(item);
    const { path, size, modified } = listed;
    const { signal } = this.#order;
    const hashes = await hashFile(this.#room.source, { path, listed, what, buffer, signal });
    if (hashes.ok) {
      this.#sums.bytesRead += hashes.value.whole ? size : Math.min(size, HEAD_BYTES);
      this.#read.push({ ...listed, item, ...hashes.value });
      return undefined;
    }
    const { code, detail = '' } = hashes.problem;
    if (ENDS.has(code)) {
      this.#stopped ??= hashes.problem;
      return undefined;
    }
    this.#sums[code === 'file-changed-while-read' ? 'changed' : 'unread'] += 1;
    return ['', String(size), path, utc(modified), '', '', `${code} ${detail}`.trimEnd()];
  }

  *#groups(): Generator<string[]> {
    for (const { size, whole, files } of this.#store.groups()) {
      const names = files.map(({ item, linked }) => ({ ...this.#files.find(item), linked }));
      const number = this.#counter.add(groupOf(size, names));
      // Names of one file alone are told as well, without a group: they take their room once.
      const sha256 = Buffer.from(whole).toString('hex');
      for (const { path, modified, linked } of names)
        yield [String(number ?? ''), String(size), path, utc(modified), sha256, linked ? 'yes' : '', ''];
    }
  }

  #note(): void {
    if (this.#order.signal.aborted) this.#stopped ??= { code: 'stopped-by-you' };
  }
}

const STEPS = { head: 'beginnings', whole: 'contents' } as const;
/** What is the same with all other files. */
const ENDS: ReadonlySet<string> = new Set(['stopped-by-you', 'source-unreachable', 'source-sign-in-refused']);
