import type { Database, Statement } from 'better-sqlite3';
import { type Counts, emptyCounts, type Tally } from '../../../src-shared/model/counts.ts';
import { grades, itemKinds, outcomes } from '../../../src-shared/model/item.ts';

type Sums = { -readonly [K in keyof Tally]: Tally[K] };

/** What one item contributes to the counters at a moment. */
export interface Entry {
  readonly kind: number;
  readonly size: number;
  /** Part of what the run has found. */
  readonly found: boolean;
  readonly outcome: number | null;
  readonly grade: number | null;
  /** Numbers of the codes that it has, each once. */
  readonly codes: readonly number[];
  /** Another counter that it belongs to. */
  readonly also?: string | undefined;
}

/**
 * The counters of a run: in memory, and in the table `account` as of the last commit. An item is taken out as it was
 * and put in as it is now, so that every change keeps the sums by the same rule.
 */
export class Accounts {
  readonly #sums = new Map<string, Sums>();
  /** Of the call that is running; dropped when it is undone. */
  readonly #pending = new Map<string, Sums>();
  readonly #changed = new Set<string>();
  readonly #save: Statement<[string, number, number, number, number]>;
  readonly #all: Statement<[], { key: string } & Tally>;

  constructor(database: Database) {
    this.#save = database.prepare(
      `INSERT INTO account (key, files, folders, others, bytes) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET files = excluded.files, folders = excluded.folders, others = excluded.others, bytes = excluded.bytes`,
    );
    this.#all = database.prepare('SELECT key, files, folders, others, bytes FROM account');
    this.reload();
  }

  /** Takes an entry out (`sign` -1) or puts it in (1). */
  book(entry: Entry, sign: 1 | -1): void {
    if (entry.found) this.#add('found', entry, sign);
    if (entry.outcome !== null) this.#add(outcomeKeys[entry.outcome] ?? '', entry, sign);
    // Items that have a grade are at the destination, or were looked for there and missed.
    if (entry.grade !== null && entry.outcome !== null && itemKinds[entry.kind] === 'file') {
      this.#add(gradeKeys[entry.grade] ?? '', entry, sign);
    }
    if (entry.also !== undefined) this.#add(entry.also, entry, sign);
    for (const code of entry.codes) this.#add(`code ${code}`, entry, sign);
  }

  /** Takes many items of one kind out of a counter, or puts them in, at once. */
  add(key: string, { files, folders, others, bytes }: Tally, sign: 1 | -1): void {
    const sums = this.#pendingOf(key);
    sums.files += sign * files;
    sums.folders += sign * folders;
    sums.others += sign * others;
    sums.bytes += sign * bytes;
  }

  /** Adds to a counter that counts something else than items (folders to list, say). */
  count(key: string, by: number): void {
    if (by !== 0) this.#pendingOf(key).files += by;
  }

  counted(key: string): number {
    return (this.#sums.get(key)?.files ?? 0) + (this.#pending.get(key)?.files ?? 0);
  }

  /** Files found that have no outcome yet. */
  unsettledFiles(): number {
    return outcomes.reduce(
      (left, outcome) => left - this.counted(`outcome ${outcome}`),
      this.counted('found'),
    );
  }

  /** @param codeText the text of a code by its number in this database */
  counts(codeText: (no: number) => string): Counts {
    const counts = emptyCounts();
    const byOutcome = { ...counts.byOutcome };
    const byGrade = { ...counts.byGrade };
    const byCode: Record<string, { items: number; bytes: number }> = {};
    for (const outcome of outcomes) byOutcome[outcome] = this.tally(`outcome ${outcome}`);
    for (const grade of grades) {
      const { files, bytes } = this.tally(`grade ${grade}`);
      byGrade[grade] = { files, bytes };
    }
    for (const [key, sums] of this.#sums) {
      const items = sums.files + sums.folders + sums.others;
      if (key.startsWith('code ') && items > 0)
        byCode[codeText(Number(key.slice(5)))] = { items, bytes: sums.bytes };
    }
    return { found: this.tally('found'), byOutcome, byGrade, byCode };
  }

  /** For a new run: everything but the counters that `keep`. */
  clear(keep: readonly string[]): void {
    for (const [key, sums] of this.#sums) {
      if (keep.includes(key)) continue;
      const pending = this.#pendingOf(key);
      for (const part of PARTS) pending[part] = -sums[part];
    }
  }

  callDone(): void {
    for (const [key, more] of this.#pending) {
      const sums = this.#sums.get(key) ?? { files: 0, folders: 0, others: 0, bytes: 0 };
      for (const part of PARTS) sums[part] += more[part];
      this.#sums.set(key, sums);
      this.#changed.add(key);
    }
    this.#pending.clear();
  }

  callUndone(): void {
    this.#pending.clear();
  }

  beforeCommit(): void {
    for (const key of this.#changed) {
      const { files, folders, others, bytes } = this.tally(key);
      this.#save.run(key, files, folders, others, bytes);
    }
    this.#changed.clear();
  }

  reload(): void {
    this.#pending.clear();
    this.#changed.clear();
    this.#sums.clear();
    for (const { key, ...tally } of this.#all.all()) this.#sums.set(key, tally);
  }

  /** A counter as of the last call that went through. */
  tally(key: string): Tally {
    return { files: 0, folders: 0, others: 0, bytes: 0, ...this.#sums.get(key) };
  }

  #add(key: string, entry: Entry, sign: 1 | -1): void {
    const sums = this.#pendingOf(key);
    const kind = itemKinds[entry.kind];
    if (kind === 'file') {
      sums.files += sign;
      sums.bytes += sign * entry.size;
    } else if (kind === 'folder') sums.folders += sign;
    else sums.others += sign;
  }

  #pendingOf(key: string): Sums {
    const known = this.#pending.get(key);
    if (known) return known;
    const sums = { files: 0, folders: 0, others: 0, bytes: 0 };
    this.#pending.set(key, sums);
    return sums;
  }
}

/** Counters by the index of an outcome or a grade: put together once and not for each item. */
const outcomeKeys = outcomes.map((outcome) => `outcome ${outcome}`);
const gradeKeys = grades.map((grade) => `grade ${grade}`);

const PARTS = ['files', 'folders', 'others', 'bytes'] as const;
