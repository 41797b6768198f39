import { type Bandwidth, bandwidthSchema } from '../../../src-shared/model/bandwidth.ts';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import type { FleetStore } from '../../store/fleet-store.ts';
import type { BudgetDesk } from './budget-desk.ts';
import type { Ledger } from './ledger.ts';

const UNLIMITED: Bandwidth = { bytesPerSecond: null, hours: [] };

/** Keeps how much of its line each machine may take, as an admin set it. */
export class BandwidthDesk {
  readonly #store: FleetStore;
  readonly #ledger: Ledger;
  readonly #budget: BudgetDesk;
  readonly #set = new Map<string, Bandwidth>();

  constructor(parts: { store: FleetStore; ledger: Ledger; budget: BudgetDesk }) {
    this.#store = parts.store;
    this.#ledger = parts.ledger;
    this.#budget = parts.budget;
  }

  /** What was set before this process began. */
  async load(): Promise<void> {
    for (const machine of this.#ledger.machines.keys()) {
      const kept = await this.#store.setting(settingOf(machine));
      if (kept !== undefined) this.#take(machine, bandwidthSchema.parse(JSON.parse(kept)));
    }
  }

  /** Code: not-found. */
  async set(machine: string, bandwidth: Bandwidth): Promise<Result<Bandwidth>> {
    if (!this.#ledger.machines.has(machine)) return failed('not-found', { where: machine });
    await this.#store.saveSetting(settingOf(machine), JSON.stringify(bandwidth));
    this.#take(machine, bandwidth);
    return ok(bandwidth);
  }

  /** Without a limit where nothing was set. */
  of(machine: string): Bandwidth {
    return this.#set.get(machine) ?? UNLIMITED;
  }

  #take(machine: string, bandwidth: Bandwidth): void {
    this.#set.set(machine, bandwidth);
    this.#budget.limit(machine, bandwidth);
  }
}

function settingOf(machine: string): string {
  return `bandwidth-of:${machine}`;
}
