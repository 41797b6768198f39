/** What waits for its turn. */
interface Waiting {
  readonly amount: number;
  readonly again: boolean;
  readonly go: () => void;
}

/**
 * Bounds what is in use at the same time: bytes of memory, files in flight. Who wants some waits until others gave theirs
 * back, first come, first served. A part can be kept for those who try again, so that what is begun ends even when new
 * work has taken all the rest.
 */
export class Semaphore {
  readonly #capacity: number;
  /** What new work may have at most. */
  readonly #forNew: number;
  #inUse = 0;
  readonly #queue: Waiting[] = [];

  /** @param reserve the part of the capacity that is kept for those who try again, 0 to 1 */
  constructor(capacity: number, reserve = 0) {
    this.#capacity = capacity;
    this.#forNew = capacity * (1 - reserve);
  }

  get inUse(): number {
    return this.#inUse;
  }

  /**
   * Takes an amount, once it is there. More than there can ever be counts as all of it. Resolves to what gives it back.
   * @param again the same was taken before, and is taken once more for another try
   */
  async take(amount: number, again = false): Promise<() => void> {
    const wanted = Math.min(amount, again ? this.#capacity : this.#forNew);
    if (this.#fits(wanted, again) && (again || this.#queue.length === 0)) this.#inUse += wanted;
    else {
      await new Promise<void>((go) => {
        this.#queue.push({ amount: wanted, again, go });
      });
    }
    return this.#giveBackOnce(wanted);
  }

  /** Takes an amount if it is there at once and nobody waits for any. */
  tryTake(amount: number): (() => void) | undefined {
    if (this.#queue.length > 0 || !this.#fits(amount, false)) return undefined;
    this.#inUse += amount;
    return this.#giveBackOnce(amount);
  }

  #fits(amount: number, again: boolean): boolean {
    return this.#inUse + amount <= (again ? this.#capacity : this.#forNew);
  }

  #giveBackOnce(amount: number): () => void {
    let given = false;
    return () => {
      if (given) return;
      given = true;
      this.#inUse -= amount;
      this.#serve();
    };
  }

  /** Those who try again are served before the others, who are served in their order. */
  #serve(): void {
    for (;;) {
      const index = Math.max(
        0,
        this.#queue.findIndex(({ again }) => again),
      );
      const next = this.#queue[index];
      if (!next || !this.#fits(next.amount, next.again)) return;
      this.#queue.splice(index, 1);
      this.#inUse += next.amount;
      next.go();
    }
  }
}
