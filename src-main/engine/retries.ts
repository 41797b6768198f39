/** How often an item is tried in one run. */
export const MOST_ATTEMPTS = 3;

/** Before the second and the third try: a program that saves needs a moment, one that is busy longer. */
const PAUSES_MS = [1_000, 4_000];

/** When an item that was put back may be tried again. Time is handed in, milliseconds since 1970. */
export class Retries {
  /** By number of tries: when the last item was put back after that many. Those before it waited longer already. */
  readonly #lastPutBack: number[] = [];

  /** @param attempts tries so far, this one included */
  putBack(attempts: number, now: number): void {
    this.#lastPutBack[attempts] = now;
  }

  /** Milliseconds until the item may be tried. */
  wait(file: { readonly attempts: number }, now: number): number {
    if (file.attempts === 0) return 0;
    const pause = PAUSES_MS[Math.min(file.attempts, PAUSES_MS.length) - 1] ?? 0;
    return Math.max(0, (this.#lastPutBack[file.attempts] ?? 0) + pause - now);
  }
}
