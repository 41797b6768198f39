/** Keeps the largest of many, and nothing else: a heap of fixed size would do the same and be longer. */
export class Ranking<T> {
  readonly #most: number;
  readonly #value: (entry: T) => number;
  #entries: T[] = [];
  /** Below this nothing is taken any more. */
  #least = Number.NEGATIVE_INFINITY;

  /** @param most how many are kept */
  constructor(most: number, value: (entry: T) => number) {
    this.#most = most;
    this.#value = value;
  }

  /** Whether an entry of this value would be kept: so that it need not be made when it would not. */
  takes(value: number): boolean {
    return value > this.#least;
  }

  add(entry: T): void {
    if (!this.takes(this.#value(entry))) return;
    this.#entries.push(entry);
    // Sorted only when as many have come as are kept: each entry is sorted a few times, not at each addition.
    if (this.#entries.length >= 2 * this.#most) this.#cut();
  }

  /** Largest first; of equals, the one that came first. */
  list(): readonly T[] {
    this.#cut();
    return this.#entries;
  }

  #cut(): void {
    this.#entries = this.#entries.sort((a, b) => this.#value(b) - this.#value(a)).slice(0, this.#most);
    const last = this.#entries.at(-1);
    if (last !== undefined && this.#entries.length === this.#most) this.#least = this.#value(last);
  }
}
