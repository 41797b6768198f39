import type { ItemId } from '../../../src-shared/model/item.ts';
import { type Comparison, verdicts } from '../../../src-shared/rules/compare-copy.ts';
import { type Evidence, evidences } from './verification.ts';

const MOVED = 16;
const TOUCHED = 32;
const NOT_SEEN = 0;

/** What was found of each item so far, in two bytes an item: a destination may list one twice, and the last mention counts. */
export class Statuses {
  readonly #found: Uint8Array;
  readonly #evidence: Uint8Array;

  /** @param lastItem the highest number that comes */
  constructor(lastItem: ItemId) {
    this.#found = new Uint8Array(lastItem + 1);
    this.#evidence = new Uint8Array(lastItem + 1);
  }

  set(item: ItemId, { verdict, moved, touched }: Comparison, evidence: Evidence): void {
    this.#found[item] = (verdicts.indexOf(verdict) + 1) | (moved ? MOVED : 0) | (touched ? TOUCHED : 0);
    this.#evidence[item] = evidences.indexOf(evidence);
  }

  /** Undefined for what nobody has seen. */
  get(item: ItemId): (Comparison & { readonly evidence: Evidence }) | undefined {
    const found = this.#found[item] ?? NOT_SEEN;
    const verdict = verdicts[(found & 15) - 1];
    if (verdict === undefined) return undefined;
    const evidence = evidences[this.#evidence[item] ?? 0] ?? 'listing';
    return { verdict, moved: (found & MOVED) > 0, touched: (found & TOUCHED) > 0, evidence };
  }
}
