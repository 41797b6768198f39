/**
 * Hands work from the journal to those who do it, a little of it held ready. Ends by itself once nothing is left,
 * nothing is being done that could bring more, and whoever feeds the journal has ended.
 */
export class Feed<T> {
  readonly #take: (limit: number) => Promise<readonly T[]>;
  readonly #batch: number;
  readonly #upstreamEnded: () => boolean;
  readonly #onLittle: () => void;
  readonly #ready: T[] = [];
  #active = 0;
  #taking: Promise<void> | undefined;
  /** The last that was taken was as much as was asked for: there is more. */
  #plenty = false;
  /** The last call that took anything was begun when nobody brought more, and brought less than was asked for: nothing is left to take. */
  #spent = false;
  #ended = false;
  #failure: { readonly error: unknown } | undefined;
  /** Rises with everything that may have brought work; so no news is missed between asking and waiting. */
  #version = 0;
  /** The version when the last call that took anything was begun: what came since, it may not have seen. */
  #askedAt = -1;
  #waiting: (() => void)[] = [];

  constructor(options: {
    readonly take: (limit: number) => Promise<readonly T[]>;
    readonly batch: number;
    readonly upstreamEnded: () => boolean;
    /** Called when {@link isSpent} or {@link isDry} becomes true. */
    readonly onLittle?: () => void;
  }) {
    this.#take = options.take;
    this.#batch = options.batch;
    this.#upstreamEnded = options.upstreamEnded;
    this.#onLittle = options.onLittle ?? (() => undefined);
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** All that there was has been taken, and nobody brings more: what is not handed out yet is no more than a batch. */
  get isSpent(): boolean {
    return this.#ended || this.#spent;
  }

  /** All that there was has been handed out, and nobody brings more: what is left is in flight. */
  get isDry(): boolean {
    return this.isSpent && this.#ready.length === 0;
  }

  /** How many each of `takers` can have now: `most` as long as the journal has more, an even share of the rest then. */
  share(takers: number, most: number): number {
    return this.#plenty ? most : Math.min(most, Math.ceil(this.#ready.length / takers));
  }

  /** The next piece of work, or undefined when there will be no more. Each is to be reported as {@link done}. */
  async next(): Promise<T | undefined> {
    for (;;) {
      const item = this.#ended ? undefined : this.#ready.shift();
      if (item !== undefined) {
        this.#active += 1;
        if (this.isDry) this.#onLittle();
        // Taken before it runs out, so that groups need not be small just because the next batch is not there yet.
        if (this.#plenty && this.#ready.length < this.#batch / 2) this.#refill().catch(keptAsFailure);
        return item;
      }
      if (this.#ended) return undefined;
      await this.#refill();
      if (this.#ready.length > 0 || this.#askedAt !== this.#version) continue;
      if (this.#active === 0 && this.#upstreamEnded()) this.end();
      else await this.#news();
    }
  }

  /** Further pieces that are ready at once and fit, at most `limit`. */
  nextReady(limit: number, fits: (item: T) => boolean): T[] {
    const taken: T[] = [];
    for (let i = 0; i < this.#ready.length && taken.length < limit; ) {
      const item = this.#ready[i];
      if (item !== undefined && fits(item)) {
        taken.push(item);
        this.#ready.splice(i, 1);
      } else i += 1;
    }
    this.#active += taken.length;
    if (taken.length > 0 && this.isDry) this.#onLittle();
    return taken;
  }

  /** One that was handed out is still under way when it is reported as done, and will be so once more. */
  keep(): void {
    this.#active += 1;
  }

  done(): void {
    this.#active -= 1;
    this.news();
  }

  /** Something was recorded that may have brought work. */
  news(): void {
    this.#version += 1;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const go of waiting) go();
  }

  /** Nothing more is handed out. */
  end(): void {
    this.#ended = true;
    this.news();
  }

  /** Takes the next batch; one call at a time. A failure comes to whoever waits for work. */
  #refill(): Promise<void> {
    this.#taking ??= this.#takeBatch().finally(() => {
      this.#taking = undefined;
    });
    return this.#taking;
  }

  async #takeBatch(): Promise<void> {
    if (this.#failure) throw this.#failure.error;
    const version = this.#version;
    const all = this.#upstreamEnded();
    try {
      const batch = await this.#take(this.#batch);
      this.#askedAt = version;
      this.#plenty = batch.length >= this.#batch;
      this.#ready.push(...batch);
      this.#spent = all && !this.#plenty;
      if (this.#spent) this.#onLittle();
    } catch (error) {
      this.#failure = { error };
      throw error;
    }
  }

  #news(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }
}

/** The next who asks for work gets it thrown. */
function keptAsFailure(): void {
  // See Feed.#takeBatch.
}
