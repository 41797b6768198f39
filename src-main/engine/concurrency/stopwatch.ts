import type { WaitState } from '../../../src-shared/model/wait.ts';
import type { Slot } from '../waits.ts';

/** What is waited for until others let the work go on: it says nothing about how many should work. */
const HELD: readonly WaitState[] = [
  'idle',
  'throttled',
  'budget',
  'backing-off',
  'name-blocked',
  'source-away',
  'resting',
  'paused',
];

/** How long a slot was at work since the last look, in milliseconds. */
export class Stopwatch {
  readonly #slot: Slot;
  readonly #now: () => number;
  #since: number;
  #held: number;

  constructor(slot: Slot, now: () => number) {
    this.#slot = slot;
    this.#now = now;
    this.#since = now();
    this.#held = this.#heldSoFar();
  }

  /** Begins anew. */
  lap(): number {
    const [now, held] = [this.#now(), this.#heldSoFar()];
    const worked = now - this.#since - (held - this.#held);
    this.#since = now;
    this.#held = held;
    return Math.max(0, worked);
  }

  #heldSoFar(): number {
    return HELD.reduce((sum, state) => sum + this.#slot.timeIn(state), 0);
  }
}
