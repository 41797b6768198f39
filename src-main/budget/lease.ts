import { partLeft } from './decay.ts';
import type { Amounts, BudgetKind, Lot, Slice } from './slice.ts';

const UNLIMITED = Number.POSITIVE_INFINITY;
/** How fast was spent is told over about so long. */
const PACE_MS = 10_000;
/** Without an answer not less than this is spent a second at first, of each kind: whoever has just begun has no pace yet. */
const LEAST_PACE: Amounts = { units: 2, bytes: 1_000_000, requests: 1 };

/** What may be spent of one kind at a moment. */
export interface Terms {
  readonly share: number;
  /** Infinite: as fast as it can. */
  readonly perSecond: number;
  /** Running total that may be reached. */
  readonly upTo: number;
}

/** Nobody else spends of the budget, as far as is known. */
const ALONE: Terms = { share: 1, perSecond: UNLIMITED, upTo: UNLIMITED };

/**
 * The slice of the budget that is in force: it lasts from beat to beat, is kept for a while without an answer, and decays then. Without any
 * slice so far there is nobody to share with. Pure: time is handed in, in milliseconds.
 */
export class Lease {
  #slice: Slice | undefined;
  /** When the beat was sent that was answered last. */
  #since = Number.NEGATIVE_INFINITY;
  #used: Amounts = { units: 0, bytes: 0, requests: 0 };
  #pace: Amounts = LEAST_PACE;

  /** The number of the slice in force; 0 without one. */
  get number(): number {
    return this.#slice?.number ?? 0;
  }

  /**
   * Another slice is in force.
   * @param sentAt when the beat was sent that it answers
   * @param used all that was spent until then
   */
  take(slice: Slice, sentAt: number, used: Amounts): void {
    const ms = sentAt - this.#since;
    if (ms > 0) {
      const weight = Math.min(1, ms / PACE_MS);
      const smoothed = (kind: BudgetKind): number => {
        const seen = Math.max(0, used[kind] - this.#used[kind]) / (ms / 1_000);
        return Math.max(LEAST_PACE[kind], this.#pace[kind] + (seen - this.#pace[kind]) * weight);
      };
      this.#pace = { units: smoothed('units'), bytes: smoothed('bytes'), requests: smoothed('requests') };
      this.#used = used;
      this.#since = sentAt;
    }
    this.#slice = slice;
  }

  terms(kind: BudgetKind, now: number): Terms {
    const lot: Lot | undefined = this.#slice?.lots[kind];
    if (lot === undefined) return ALONE;
    const { share, perSecond = UNLIMITED, upTo = UNLIMITED } = lot;
    const left = partLeft(Math.max(0, now - this.#since));
    if (left === 1) return { share, perSecond, upTo };
    return { share: share * left, perSecond: Math.min(perSecond, this.#pace[kind]) * left, upTo };
  }
}
