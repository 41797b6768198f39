import type { Unit } from '../../store/fleet-store.ts';
import { mayWorkOn, refusalOf, workerOf } from './allowed.ts';
import type { Candidate, RunTurn } from './grant.ts';
import type { Ledger } from './ledger.ts';
import { isAdrift, isOffline } from './presence.ts';
import { freshCount, heldUnits, type RunEntry, type UnitEntry } from './run-entry.ts';

/** Runs that are looked at for one that a machine may work on. More of them wait only where hardly any is for it. */
const MOST_RUNS = 2_000;

/** A unit that could be given away, and where it stands in the ledger. */
export interface Found extends Candidate {
  readonly of: RunEntry;
  /** Undefined: it was never granted. */
  readonly entry: UnitEntry | undefined;
}

/**
 * Gathers what could be given to a machine: not more runs and fresh units than it takes to fill its places.
 * @param loadFresh sees to it that as many fresh units of a run are at hand
 */
export async function candidatesFor(
  ledger: Ledger,
  asker: { readonly machine: string; readonly freeSlots: number },
  now: number,
  loadFresh: (run: RunEntry, count: number) => Promise<void>,
): Promise<Found[]> {
  const { machine, freeSlots } = asker;
  if (freeSlots === 0) return [];
  const turns = new Turns(ledger);
  const found: Found[] = [];
  for (const entry of ledger.unitsOf(machine))
    if (mayKeep(ledger, machine, entry, now)) found.push(inWork(ledger, entry, turns.of(entry.of), now));
  for (const run of ledger.atWork.values()) {
    if (!goesOn(run) || !mayWorkOn(ledger, machine, ledger.taskOf(run), now)) continue;
    for (const entry of run.units.values())
      if (entry.unit.holder !== machine) found.push(inWork(ledger, entry, turns.of(run), now));
    await addFresh(run);
  }
  let looked = 0;
  let full = 0;
  for (const run of ledger.queue) {
    looked += 1;
    if (full >= freeSlots || looked > MOST_RUNS) break;
    if (ledger.atWork.has(run.run.id) || !mayWorkOn(ledger, machine, ledger.taskOf(run), now)) continue;
    full += await addFresh(run);
  }
  return found;

  async function addFresh(run: RunEntry): Promise<number> {
    if (freshCount(run) === 0) return 0;
    await loadFresh(run, freeSlots);
    const fresh = run.fresh
      .slice(0, freeSlots)
      .map((unit) => freshOne(ledger, run, unit, turns.of(run), now));
    found.push(...fresh);
    return fresh.filter(
      ({ unit, holderLost }) => unit.holder === null || unit.holder === machine || holderLost,
    ).length;
  }
}

/** Runs as they stand in line, each looked at once. */
class Turns {
  readonly #ledger: Ledger;
  readonly #turns = new Map<RunEntry, RunTurn>();

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  of(entry: RunEntry): RunTurn {
    let turn = this.#turns.get(entry);
    if (turn === undefined) {
      const { priority, weight } = this.#ledger.taskOf(entry).plan;
      const { id, startedAt, state } = entry.run;
      turn = { id, startedAt, state, priority, weight, held: heldUnits(entry).length };
      this.#turns.set(entry, turn);
    }
    return turn;
  }
}

function goesOn({ run }: RunEntry): boolean {
  return run.state === 'waiting' || run.state === 'running';
}

/** What a machine has begun it ends, also when it is to get nothing more. */
function mayKeep(ledger: Ledger, machine: string, entry: UnitEntry, now: number): boolean {
  const refusal = refusalOf(workerOf(ledger, machine), ledger.taskOf(entry.of), now);
  return refusal === undefined || refusal.why === 'drained';
}

function inWork(ledger: Ledger, entry: UnitEntry, run: RunTurn, now: number): Found {
  const { unit, of, lastGrant, freeSince } = entry;
  return {
    ...{ unit, run, of, entry, lastGrant },
    adrift: isAdrift(ledger, entry),
    holderLost: isLost(ledger, entry.of, unit, now),
    freeFor: ledger.steady() - freeSince,
  };
}

function freshOne(ledger: Ledger, of: RunEntry, unit: Unit, run: RunTurn, now: number): Found {
  const holderLost = isLost(ledger, of, unit, now);
  return { unit, run, of, entry: undefined, lastGrant: undefined, adrift: false, holderLost, freeFor: 0 };
}

/** Whoever had a unit last will not come back for it: away, gone, failed on it, or not to work on it any more. */
function isLost(ledger: Ledger, of: RunEntry, { holder, failures }: Unit, now: number): boolean {
  if (holder === null) return false;
  if (failures.some(({ machine }) => machine === holder)) return true;
  if (isOffline(ledger, holder)) return true;
  return !mayWorkOn(ledger, holder, ledger.taskOf(of), now);
}
