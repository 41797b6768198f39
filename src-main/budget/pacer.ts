/** A timer wakes late; so much time is made up for, in milliseconds. */
const LATE_MS = 50;

/**
 * Spends evenly at a speed that may change at any moment: what was spent is owed, and nothing more is spent until that has been
 * worked off. Pure: time is handed in, in milliseconds; the speed is so much of the amount a millisecond.
 */
export class Pacer {
  /** Below 0: time that was lost by waking late. */
  #owed = 0;
  #at = Number.NEGATIVE_INFINITY;

  /** When more may be spent: `now`, later, or never at a speed of 0. */
  due(now: number, speed: number): number {
    if (speed === 0) return Number.POSITIVE_INFINITY;
    this.#workOff(now, speed);
    return this.#owed <= 0 ? now : now + this.#owed / speed;
  }

  spend(amount: number, now: number, speed: number): void {
    this.#workOff(now, speed);
    this.#owed += amount;
  }

  #workOff(now: number, speed: number): void {
    const elapsed = Math.max(0, now - this.#at);
    this.#at = Math.max(now, this.#at);
    if (speed === Number.POSITIVE_INFINITY) this.#owed = 0;
    // Time in which nothing was owed is no credit.
    else if (this.#owed > 0) this.#owed = Math.max(this.#owed - elapsed * speed, -LATE_MS * speed);
  }
}
