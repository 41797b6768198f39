import { SlidingWindow } from './sliding-window.ts';

/** What is left of the rate after pressure, and how long no second cut follows (AzCopy's auto pacer: 0.65, 20 s). */
const CUT = 0.65;
const DEAD_BAND_MS = 20_000;
/** Answers of this stretch of time are judged, and the rate is what was spent in it. */
const LOOK_BACK_MS = 10_000;
/** One refusal among many answers is chance, or was meant for somebody else; this many of them are about us. */
const PRESSED_FROM = 0.15;
/** Of fewer answers nobody can say whether it was chance: at the beginning of a run two refusals would cut it to nothing. */
const FEWEST_ANSWERS = 50;
/** What was spent is judged over this time at least. */
const LEAST_SPAN_MS = 1_000;
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
  /** When the first answer came. */
  #began = Number.POSITIVE_INFINITY;

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

  accepted(amount: number, now: number, answers = 1): void {
    this.#began = Math.min(this.#began, now);
    this.#answers.add(answers, now);
    this.#spent.add(amount, now);
  }

  refused(now: number, refusals = 1): void {
    this.#answers.add(refusals, now);
    this.#refusals.add(refusals, now);
    const answers = this.#answers.used(now);
    const pressed = answers >= FEWEST_ANSWERS && this.#refusals.used(now) >= answers * PRESSED_FROM;
    if (!pressed || now - this.#cutAt < DEAD_BAND_MS) return;
    const span = Math.min(LOOK_BACK_MS, Math.max(LEAST_SPAN_MS, now - this.#began));
    const seen = this.#spent.used(now) / (span / 1_000);
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
