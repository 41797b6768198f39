import { mayWorkOn } from './allowed.ts';
import type { GiveBackPlan } from './give-back-plan.ts';
import type { Ledger } from './ledger.ts';
import { machinesHere } from './presence.ts';
import { freshCount, type RunEntry } from './run-entry.ts';

/** A machine that was rung and not heard since is not rung again before this time: its beat is on its way, or it hears nothing. */
const RING_AGAIN_MS = 1_000;

/**
 * Rings machines that need not wait for their next second: those that have nothing to do when there are pieces to be had, and those that have too
 * much when others have nothing. That nobody hears it does no harm: all of it is said and asked in the next beats as well.
 */
export class Bells {
  readonly #ledger: Ledger;
  readonly #plan: GiveBackPlan;
  readonly #ring: (machine: string) => void;
  readonly #rungAt = new Map<string, number>();

  constructor(ledger: Ledger, plan: GiveBackPlan, ring: (machine: string) => void) {
    this.#ledger = ledger;
    this.#plan = plan;
    this.#ring = ring;
  }

  /** A machine has beaten. */
  heard(machine: string): void {
    this.#rungAt.delete(machine);
  }

  /** Units of a run can be had that could not be had before. @param but who was heard just now */
  pieces(run: RunEntry, but: string, now: number): void {
    let left = freshCount(run);
    if (left === 0) return;
    const task = this.#ledger.taskOf(run);
    for (const machine of machinesHere(this.#ledger)) {
      if (left <= 0) return;
      const free = this.#ledger.seen.get(machine)?.freeSlots ?? 0;
      if (machine === but || free === 0 || !mayWorkOn(this.#ledger, machine, task, now)) continue;
      if (this.#rings(machine)) left -= free;
    }
  }

  /** A machine has a place for which there was nothing: who is to give something back hears it now. */
  idle(machine: string, now: number): void {
    for (const giver of this.#plan.givers(machine, now)) if (giver !== machine) this.#rings(giver);
  }

  #rings(machine: string): boolean {
    const at = this.#ledger.steady();
    const last = this.#rungAt.get(machine);
    if (last !== undefined && at - last < RING_AGAIN_MS) return false;
    this.#rungAt.set(machine, at);
    this.#ring(machine);
    return true;
  }
}
