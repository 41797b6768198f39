import { type WaitState, waitStates } from '../../../src-shared/model/wait.ts';

/** What was done since a time, by all units of a run together. */
export interface Stride {
  readonly from: number;
  readonly to: number;
  readonly items: number;
  readonly bytes: number;
  readonly bytesDone: number;
  readonly resourceUnits: number;
  readonly waits: Partial<Record<WaitState, number>>;
}

export type Done = Omit<Stride, 'from' | 'to'>;

/** Beats of several agents that come within this time are one stretch. Agents beat once a second, and none quite on it. */
const LEAST_MS = 900;

/**
 * Gathers what many units tell at many times into stretches that follow one another: speeds and costs are about the time of the
 * clock, in which all of them work side by side.
 */
export class Strides {
  #from: number | undefined;
  #done: Done = NOTHING_DONE;

  /** From here on is measured, if nothing was before. */
  begin(now: number): void {
    this.#from ??= now;
  }

  /** The time before, in which nobody worked, is not measured. */
  restart(now: number): void {
    this.#from = now;
    this.#done = NOTHING_DONE;
  }

  /** A stretch when enough time has passed since the last; what comes before that is in it. With `all`, however little it was. */
  add(done: Done, now: number, all = false): Stride | undefined {
    this.#from ??= now;
    this.#done = plus(this.#done, done);
    if (now - this.#from < (all ? 1 : LEAST_MS)) return undefined;
    const stride = { from: this.#from, to: now, ...this.#done };
    this.restart(now);
    return stride;
  }
}

export const NOTHING_DONE: Done = { items: 0, bytes: 0, bytesDone: 0, resourceUnits: 0, waits: {} };

function plus(a: Done, b: Done): Done {
  const waits = { ...a.waits };
  for (const state of waitStates) {
    const more = b.waits[state];
    if (more) waits[state] = (waits[state] ?? 0) + more;
  }
  return {
    items: a.items + b.items,
    bytes: a.bytes + b.bytes,
    bytesDone: a.bytesDone + b.bytesDone,
    resourceUnits: a.resourceUnits + b.resourceUnits,
    waits,
  };
}
