/** How old the last news may be when a request is written, in milliseconds. */
const STALE = 50;
/** When that many turns of the event loop were all slow, it is always slow: for a while it is not waited for again. */
const MOST_TURNS = 5;
const RESIGNED = 1_000;

/**
 * Whether everything that had arrived for this process has been read. A process that stood still (a garbage collection,
 * a busy computer) finds a refusal and the next file side by side, and must not send the one before it has read the other.
 */
export class News {
  readonly #now: () => number;
  #readUpTo = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;

  /** @param now milliseconds since 1970 */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** What arrived some moments ago has been read. */
  get fresh(): boolean {
    return this.#now() - this.#readUpTo <= STALE;
  }

  /** Resolves when they are fresh; undefined when they are. */
  read(): Promise<void> | undefined {
    if (this.fresh) return undefined;
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #read(): Promise<void> {
    for (let turns = 0; turns < MOST_TURNS && !this.fresh; turns += 1) {
      // To the end of this turn; sockets are read in the next one.
      await endOfTurn();
      const began = this.#now();
      await endOfTurn();
      this.#readUpTo = began;
    }
    if (!this.fresh) this.#readUpTo = this.#now() + RESIGNED;
  }
}

function endOfTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
