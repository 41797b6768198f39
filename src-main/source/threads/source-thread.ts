import { Worker } from 'node:worker_threads';
import { ok } from '../../../src-shared/model/problem.ts';
import { unpack } from './packing.ts';
import type { FileAnswer, FromThread, ListingAnswer, ToThread } from './protocol.ts';
import type { ThreadCount } from './thread-count.ts';

/** An answer, or the reason why there will be none: the thread died, which is a bug. */
export type Told<T> = T | Error;

/** Entries live for a moment only; V8 would let them pile up to 48 MiB in each thread before it looks. */
const YOUNG_MB = 4;

/** How many threads are worth it, by what listing takes and by what reading takes. */
export interface ThreadCounts {
  readonly listing: ThreadCount;
  readonly reading: ThreadCount;
}

/** One worker thread that lists and reads, and the answers that are waited for. */
export class SourceThread {
  readonly #worker: Worker;
  readonly #listings = new Map<number, (told: Told<ListingAnswer>) => void>();
  readonly #readings = new Map<number, (told: Told<readonly FileAnswer[]>) => void>();
  readonly #counts: ThreadCounts;
  #broken: Error | undefined;
  #ending = false;
  /** Listings that were begun here and not left. */
  readonly #open = new Set<number>();
  #usedAt = performance.now();

  /**
   * @param script serves a source
   * @param settings become its workerData
   * @param counts are told how long each answer took
   */
  constructor(script: URL, settings: unknown, counts: ThreadCounts) {
    this.#counts = counts;
    this.#worker = new Worker(script, {
      workerData: settings,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    this.#worker.on('message', (message: FromThread) => this.#take(message));
    this.#worker.on('error', (error) =>
      this.#break(error instanceof Error ? error : new Error(String(error))),
    );
    this.#worker.on('exit', () => this.#break(new Error('a thread of the source ended')));
    // A process that is done does not wait for it.
    this.#worker.unref();
  }

  /** For how long nobody has wanted anything of it, in milliseconds; 0 while somebody does. */
  get idleMs(): number {
    return this.#open.size + this.load > 0 ? 0 : performance.now() - this.#usedAt;
  }

  /** How many answers it owes: what comes next goes to the one with the fewest. */
  get load(): number {
    return this.#listings.size + this.#readings.size;
  }

  /** The next entries of a listing. Never rejects: what is read ahead may never be looked at. */
  more(listing: number, path: string): Promise<Told<ListingAnswer>> {
    return this.#ask(this.#listings, listing, { type: 'more', listing, path });
  }

  /** From now on it is asked for a listing; what its thread has open of it stays there. */
  enter(listing: number): void {
    this.#open.add(listing);
  }

  /** It is asked no more. @param finished it came to its end, so that nothing of it is open */
  leave(listing: number, finished: boolean): void {
    this.#open.delete(listing);
    this.#usedAt = performance.now();
    if (!finished && !this.#broken) this.#post({ type: 'close', listing });
  }

  /** Reads files in one go each: one answer for each, in order. Never rejects. */
  read(
    reading: number,
    paths: readonly string[],
    limit: number,
    lent: ArrayBuffer | undefined,
  ): Promise<Told<readonly FileAnswer[]>> {
    const message: ToThread = { type: 'read', reading, paths, limit, lent };
    return this.#ask(this.#readings, reading, message, lent);
  }

  /** Lets go of everything that is open and ends the thread, after the call that it is in. */
  end(): Promise<void> {
    if (this.#broken) return Promise.resolve();
    return new Promise((resolve) => {
      this.#worker.once('exit', () => resolve());
      this.#ending = true;
      this.#worker.ref();
      this.#post({ type: 'end' });
    });
  }

  #ask<T>(
    waiting: Map<number, (told: Told<T>) => void>,
    number: number,
    message: ToThread,
    handedOver?: ArrayBuffer,
  ): Promise<Told<T>> {
    if (this.#broken) return Promise.resolve(this.#broken);
    return new Promise((resolve) => {
      waiting.set(number, resolve);
      this.#worker.ref();
      this.#worker.postMessage(message, handedOver ? [handedOver] : []);
    });
  }

  #post(message: ToThread): void {
    this.#worker.postMessage(message);
  }

  #take(message: FromThread): void {
    if (message.type === 'listed') {
      const { listing, took, answer } = message;
      this.#counts.listing.listed(took, answer.ok ? answer.value.packed.count : 0);
      const told = answer.ok ? ok({ entries: unpack(answer.value.packed), last: answer.value.last }) : answer;
      this.#tell(this.#listings, listing, told);
    } else {
      const { reading, took, files } = message;
      this.#counts.reading.read(took, files.length);
      this.#tell(this.#readings, reading, files);
    }
  }

  #tell<T>(waiting: Map<number, (told: Told<T>) => void>, number: number, told: Told<T>): void {
    waiting.get(number)?.(told);
    waiting.delete(number);
    this.#usedAt = performance.now();
    if (this.load === 0 && !this.#ending) this.#worker.unref();
  }

  #break(error: Error): void {
    this.#broken ??= error;
    for (const listing of [...this.#listings.keys()]) this.#tell(this.#listings, listing, this.#broken);
    for (const reading of [...this.#readings.keys()]) this.#tell(this.#readings, reading, this.#broken);
  }
}
