import { Worker } from 'node:worker_threads';
import { ok } from '../../../src-shared/model/problem.ts';
import { unpack } from './packing.ts';
import type { FromLister, ListingAnswer, ToLister } from './protocol.ts';

/** An answer, or the reason why there will be none: the thread died, which is a bug. */
export type Listed = ListingAnswer | Error;

/** Entries live for a moment only; V8 would let them pile up to 48 MiB in each thread before it looks. */
const YOUNG_MB = 4;

/** One worker thread that lists, and the answers that are waited for. */
export class Lister {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, (listed: Listed) => void>();
  #broken: Error | undefined;
  #ending = false;

  /**
   * @param script serves listings
   * @param settings become its workerData
   * @param answered how long an answer took the thread, in milliseconds
   */
  constructor(script: URL, settings: unknown, answered: (took: number, entries: number) => void) {
    this.#worker = new Worker(script, {
      workerData: settings,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    this.#worker.on('message', ({ listing, took, answer }: FromLister) => {
      answered(took, answer.ok ? answer.value.packed.count : 0);
      this.#answer(
        listing,
        answer.ok ? ok({ entries: unpack(answer.value.packed), last: answer.value.last }) : answer,
      );
    });
    this.#worker.on('error', (error) =>
      this.#break(error instanceof Error ? error : new Error(String(error))),
    );
    this.#worker.on('exit', () => this.#break(new Error('the listing thread ended')));
    // A process that is done does not wait for it.
    this.#worker.unref();
  }

  /** How many answers it owes: the next listing goes to the one with the fewest. */
  get load(): number {
    return this.#waiting.size;
  }

  /** The next entries of a listing. Never rejects: what is read ahead may never be looked at. */
  more(listing: number, path: string): Promise<Listed> {
    if (this.#broken) return Promise.resolve(this.#broken);
    return new Promise((resolve) => {
      this.#waiting.set(listing, resolve);
      this.#worker.ref();
      this.#post({ type: 'more', listing, path });
    });
  }

  close(listing: number): void {
    if (!this.#broken) this.#post({ type: 'close', listing });
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

  #post(message: ToLister): void {
    this.#worker.postMessage(message);
  }

  #answer(listing: number, listed: Listed): void {
    this.#waiting.get(listing)?.(listed);
    this.#waiting.delete(listing);
    if (this.#waiting.size === 0 && !this.#ending) this.#worker.unref();
  }

  #break(error: Error): void {
    this.#broken ??= error;
    for (const listing of [...this.#waiting.keys()]) this.#answer(listing, this.#broken);
  }
}
