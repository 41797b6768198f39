/** At least, and at most where a file server makes them wait. */
export interface ThreadRange {
  readonly fewest: number;
  readonly most: number;
}

/** A processor takes less than this for an entry. What is over it, and over a millisecond, was waiting. */
const BUSY_MS_AN_ENTRY = 0.02;
const SLOW_MS = 1;
/** A small file is opened, looked at twice, read and closed: a share that takes less than a millisecond for each call is fast enough. */
const CALLS_A_FILE = 5;
/** Weight of the newest answer: a share is known after some ten. */
const NEWEST = 0.1;
/**
 * Of the answers of a slow share (nearly) all are slow. On a machine that is busy with other things some are as well, since a
 * thread is put aside in the middle of one; more threads would only make that worse, so the mean says nothing.
 */
const SLOW_SHARE = 0.7;

/**
 * How many of the answers a share takes its time for, and how many threads that is worth. A thread that waits for a file server costs
 * memory and no processor time; one that reads a warm disk has nothing to wait for.
 */
export class ThreadCount {
  readonly #range: ThreadRange;
  #slow = 0;

  constructor(range: ThreadRange) {
    this.#range = range;
  }

  get fewest(): number {
    return this.#range.fewest;
  }

  /** The share makes threads wait: more of them are worth it. */
  get isSlow(): boolean {
    return this.#slow >= SLOW_SHARE;
  }

  /** @param took milliseconds in the thread that listed */
  listed(took: number, entries: number): void {
    this.#note(took - entries * BUSY_MS_AN_ENTRY >= SLOW_MS);
  }

  /** @param took milliseconds in the thread that read */
  read(took: number, files: number): void {
    this.#note(took >= files * CALLS_A_FILE * SLOW_MS);
  }

  /** @param underWay folders that are being listed and groups of files that are being read at the moment */
  wanted(underWay: number): number {
    const { fewest, most } = this.#range;
    return this.isSlow ? Math.max(fewest, Math.min(most, underWay)) : fewest;
  }

  #note(slow: boolean): void {
    this.#slow += ((slow ? 1 : 0) - this.#slow) * NEWEST;
  }
}
