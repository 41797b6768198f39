import { SlidingWindow } from './sliding-window.ts';

/** What is left of the rate after pressure, and how long no second cut follows (AzCopy's auto pacer: 0.65, 20 s). */
const CUT = 0.65;
const DEAD_BAND_MS = 20_000;
/** Answers of this stretch of time are judged, and the rate is what was spent in it. */
const LOOK_BACK_MS = 10_000;
/** One refusal among many answers is chance, or was meant for somebody else; this many of them are about us. */
const PRESSED_FROM = 0.1;
const FEWEST_REFUSALS = 2;
/** A second's way back to the peak: a tenth of the gap below it, gently around it, faster when it is left behind. */
const BELOW = 0.95;
const ABOVE = 1.05;
const CLIMB = 0.1;
const CREEP = 0.0015;
const EXPLORE = 0.015;
/** Pressure that is so long ago says nothing any more. */
const FORGOTTEN_MS = 600_000;
const LEAST_RATE = 0.5;

/**
 * The rate that a service which refuses without saying its limit seems to bear: cut on pressure, with a dead band, then
 * raised around the remembered peak. Unlimited until there is pressure. Pure: time is handed in, in milliseconds.
 */
export class Pressure {
  readonly #answers = new SlidingWindow(LOOK_BACK_MS);
  readonly #refusals = new SlidingWindow(LOOK_BACK_MS);
  readonly #spent = new SlidingWindow(LOOK_BACK_MS);
  #rate = Number.POSITIVE_INFINITY;
  #peak = Number.POSITIVE_INFINITY;
  #cutAt = Number.NEGATIVE_INFINITY;
  #raisedAt = 0;

  /** What may be spent in a second. */
  rate(now: number): number {
    if (this.#rate === Number.POSITIVE_INFINITY) return this.#rate;
    if (now - this.#cutAt > FORGOTTEN_MS) {
      this.#rate = Number.POSITIVE_INFINITY;
      return this.#rate;
    }
    for (; this.#raisedAt + 1_000 <= now; this.#raisedAt += 1_000)
      this.#rate = raised(this.#rate, this.#peak);
    return this.#rate;
  }

  accepted(amount: number, now: number): void {
    this.#answers.add(1, now);
    this.#spent.add(amount, now);
  }

  refused(now: number): void {
    this.#answers.add(1, now);
    this.#refusals.add(1, now);
    const refusals = this.#refusals.used(now);
    const pressed = refusals >= FEWEST_REFUSALS && refusals >= this.#answers.used(now) * PRESSED_FROM;
    if (!pressed || now - this.#cutAt < DEAD_BAND_MS) return;
    const seen = this.#spent.used(now) / (LOOK_BACK_MS / 1_000);
    this.#peak = Math.min(this.rate(now), Math.max(seen, LEAST_RATE));
    this.#rate = Math.max(LEAST_RATE, this.#peak * CUT);
    this.#cutAt = now;
    this.#raisedAt = now;
  }
}

/** A second later. */
function raised(rate: number, peak: number): number {
  if (rate < peak * BELOW) return rate + (peak - rate) * CLIMB;
  return rate * (1 + (rate <= peak * ABOVE ? CREEP : EXPLORE));
}
