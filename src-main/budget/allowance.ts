import { SlidingWindow } from './sliding-window.ts';

/** So much may be spent within any stretch of so many milliseconds. */
export interface Allowance {
  readonly amount: number;
  readonly windowMs: number;
}

/** This part is spent as fast as it is wanted: work that needs no more ends soon. The rest is spread over the time that is left. */
const FREELY = 0.5;

/**
 * Spends an allowance without ever passing it. A day's budget at full speed would be gone after sixteen hours and leave
 * nothing for the rest of the day; so from the half on it is spread until the first spending falls out of the window.
 * Pure: time is handed in, in milliseconds.
 */
export class SpreadAllowance {
  readonly #allowance: Allowance;
  readonly #window: SlidingWindow;
  /** Nothing is booked before what was booked earlier. */
  #last = Number.NEGATIVE_INFINITY;
  #next = Number.NEGATIVE_INFINITY;

  constructor(allowance: Allowance) {
    this.#allowance = allowance;
    this.#window = new SlidingWindow(allowance.windowMs);
  }

  /** Books an amount. @returns when it may be spent: `now` or later. More than there ever is counts as all of it. */
  book(wanted: number, now: number): number {
    const { amount: most } = this.#allowance;
    const amount = Math.min(wanted, most);
    let at = Math.max(now, this.#last);
    const used = this.#window.used(at);
    if (used + amount > most * FREELY) {
      at = Math.max(at, this.#next);
      const left = Math.max(1, this.#window.oldestEnds(at) - at);
      this.#next = at + (amount / Math.max(amount, most - used)) * left;
    }
    at = Math.max(at, this.#window.downTo(most - amount, at));
    this.#window.add(amount, at);
    this.#last = at;
    return at;
  }

  /** Counts what others have spent already. */
  spent(amount: number, now: number): void {
    this.#window.add(amount, Math.max(now, this.#last));
    this.#last = Math.max(now, this.#last);
  }

  /** What may be spent as things stand, and how fast: from the half on evenly over the time that is left. */
  room(now: number): { readonly left: number; readonly perSecond: number } {
    const { amount: most } = this.#allowance;
    const used = this.#window.used(now);
    const left = Math.max(0, most - used);
    if (used <= most * FREELY) return { left, perSecond: Number.POSITIVE_INFINITY };
    const seconds = Math.max(1, this.#window.oldestEnds(now) - now) / 1_000;
    return { left, perSecond: left / seconds };
  }

  /** What was booked and not spent is free again; the latest is taken back first. */
  refund(amount: number): void {
    this.#window.remove(Math.min(amount, this.#allowance.amount));
  }

  used(now: number): number {
    return this.#window.used(now);
  }

  /** When the oldest of what is used counts no more; `now` when nothing is used. */
  freeFrom(now: number): number {
    return this.#window.oldestEnds(now);
  }

  get allowance(): Allowance {
    return this.#allowance;
  }
}
