import { mayWorkOn } from './allowed.ts';
import { decideGiveBack, type Giver, type Want } from './give-back.ts';
import type { Ledger, TaskEntry } from './ledger.ts';
import { machinesHere } from './presence.ts';
import { freshCount, heldUnits, type RunEntry, type UnitEntry } from './run-entry.ts';

/** A plan is made anew after this time: many agents beat in it, and all of them are to be asked by one. */
const GOOD_FOR_MS = 200;
/** And after this one where not all that is wanted could be asked for: whoever beats next may have begun to find something. */
const UNMET_GOOD_FOR_MS = 25;

/** A reserve of no more units than this: a machine that takes one asks in the same second for the next. */
const MOST_RESERVE = 64;

/** Whom to ask for how much, so that no machine waits for work while another has more than it can do. */
export class GiveBackPlan {
  readonly #ledger: Ledger;
  #madeAt = Number.NEGATIVE_INFINITY;
  #asks = new Map<string, number>();
  /** It asks for less than is wanted. */
  #unmet = false;
  /** Machines that had a free place when it was made, and were given nothing since. */
  #idle = new Set<string>();

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** How many pieces a unit is to give back, now that its holder has been heard. What is asked is asked once. */
  ask(entry: UnitEntry, now: number): number {
    this.#look(now);
    const ask = this.#asks.get(entry.unit.id) ?? 0;
    this.#asks.delete(entry.unit.id);
    entry.asked = ask;
    return ask;
  }

  /**
   * Machines that are to give something back and were not heard since; but for those that had nothing when they were asked last.
   * @param idle a machine with a free place: a plan that does not know of it is made anew
   */
  givers(idle: string, now: number): Set<string> {
    if (!this.#idle.has(idle)) this.#madeAt = Number.NEGATIVE_INFINITY;
    this.#look(now);
    const entries = [...this.#asks.keys()].flatMap((unit) => this.#ledger.units.get(unit) ?? []);
    return new Set(entries.flatMap(({ unit, barren }) => (barren > 0 ? [] : (unit.holder ?? []))));
  }

  /** A machine was given something: when it is idle again, that is news. */
  given(machine: string): void {
    this.#idle.delete(machine);
  }

  #look(now: number): void {
    if (Math.abs(now - this.#madeAt) < (this.#unmet ? UNMET_GOOD_FOR_MS : GOOD_FOR_MS)) return;
    this.#madeAt = now;
    this.#asks = this.#make(now);
  }

  #make(now: number): Map<string, number> {
    const ledger = this.#ledger;
    const here = machinesHere(ledger);
    const asks = new Map<string, number>();
    this.#unmet = false;
    this.#idle = new Set(here.filter((machine) => this.#freeSlots(machine) > 0));
    if (here.length < 2) return asks;
    const going = [...ledger.atWork.values()].filter(({ run }) => run.state === 'running');
    // Runs for the same machines are one market. Nearly always there is one.
    const market = this.#marketsFor(here, now);
    const markets = Map.groupBy(going, (run) => market(ledger.taskOf(run)));
    for (const [names, runs] of markets) {
      const machines = names.split(' ');
      if (machines.length < 2) continue;
      const givers = runs.flatMap((run) => heldUnits(run).map(giverOf));
      const made = decideGiveBack(givers, this.#want(machines, runs, now));
      for (const [unit, n] of made.asks) asks.set(unit, n);
      this.#unmet ||= made.unmet;
    }
    return asks;
  }

  /** The machines for a task, found once for all that ask for the same. */
  #marketsFor(here: readonly string[], now: number): (task: TaskEntry) => string {
    const ledger = this.#ledger;
    const unread = new Set(
      here.flatMap((machine) => [...(ledger.seen.get(machine)?.cannotRead.keys() ?? [])]),
    );
    const known = new Map<string, string>();
    return (task) => {
      const { plan } = task;
      const { source } = task.task;
      const asks = JSON.stringify([plan.machines, plan.labels, unread.has(source) ? source : null]);
      let names = known.get(asks);
      if (names === undefined) {
        names = here.filter((machine) => mayWorkOn(ledger, machine, task, now)).join(' ');
        known.set(asks, names);
      }
      return names;
    };
  }

  #want(machines: readonly string[], runs: readonly RunEntry[], now: number): Want {
    const ledger = this.#ledger;
    const idle = machines.reduce((sum, machine) => sum + this.#freeSlots(machine), 0);
    const held = runs.reduce((sum, run) => sum + heldUnits(run).length, 0);
    const fresh = runs.reduce((sum, run) => sum + freshCount(run), 0);
    const spare = fresh + (ledger.queue.size > 0 ? waitingFor(ledger, machines, now) : 0);
    return { idle, spare, reserve: Math.min(MOST_RESERVE, Math.ceil((idle + held) / 2)) };
  }

  #freeSlots(machine: string): number {
    const free = this.#ledger.seen.get(machine)?.freeSlots ?? 0;
    const { slots } = this.#ledger.rulesOf(machine);
    return slots === null ? free : Math.max(0, Math.min(free, slots - this.#ledger.unitsOf(machine).length));
  }
}

function giverOf({ unit, live, rest, asked, barren }: UnitEntry): Giver {
  return { unit: unit.id, rest, scanning: live?.phase === 'scanning', asked, barren };
}

/** Whole runs that nobody has begun and that one of the machines may have: as many as are worth counting. */
function waitingFor(ledger: Ledger, machines: readonly string[], now: number): number {
  let count = 0;
  let looked = 0;
  for (const run of ledger.queue) {
    looked += 1;
    if (count >= MOST_RESERVE * 2 || looked > MOST_RESERVE * 4) break;
    if (ledger.atWork.has(run.run.id)) continue;
    if (machines.some((machine) => mayWorkOn(ledger, machine, ledger.taskOf(run), now))) count += 1;
  }
  return count;
}
