import type { RunState } from '../../../src-shared/model/run.ts';
import type { Unit } from '../../store/fleet-store.ts';
import { granted, LEASE_MS } from './lease.ts';
import type { GrantMade, TakeUp } from './run-entry.ts';
import { compareTurns, type Turn } from './run-queue.ts';

/** For so long what a process had sent before it died may still arrive: the margin of the agents' fences. */
const UNDER_WAY_MS = 5_000;

/** The run of a unit that could be given away. */
export interface RunTurn extends Turn {
  readonly state: RunState;
  readonly weight: number;
  /** Its units that are held. */
  readonly held: number;
}

/** A unit that could be given away, with what decides about it. */
export interface Candidate {
  readonly unit: Unit;
  readonly run: RunTurn;
  /** Session and epoch of the last grant that this process of the coordinator made. */
  readonly lastGrant: GrantMade | undefined;
  /** Nobody keeps it: its lease is over, or its holder is gone. */
  readonly adrift: boolean;
  /** Its last holder is away or gone, or may not have it any more. */
  readonly holderLost: boolean;
  /** For how long nobody has worked on it, in milliseconds. */
  readonly freeFor: number;
}

/** The agent that asks. What it may not work on is no candidate. */
export interface Asker {
  readonly machine: string;
  readonly session: string;
  readonly freeSlots: number;
  /** The units that it says it holds. */
  readonly claims: ReadonlySet<string>;
}

export interface Grant {
  readonly unit: Unit;
  readonly takeUp: TakeUp;
  /** The same grant once more: its answer was lost, or the beat came twice. Nothing is to be written. */
  readonly again: boolean;
}

/**
 * Which units an agent gets: first those that it had itself, whose journal knows them; then of the run with the highest priority, of those that
 * go on the one with the fewest machines for its weight, of those that wait the oldest; in a run what a lost machine left behind comes first.
 * @param at by the steady clock, from which the leases begin
 */
export function decideGrants(candidates: readonly Candidate[], asker: Asker, at: number): readonly Grant[] {
  const left = candidates.filter(
    (candidate) => !asker.claims.has(candidate.unit.id) && mayHave(candidate, asker.machine),
  );
  const more = new Map<string, number>();
  const grants: Grant[] = [];
  while (grants.length < asker.freeSlots && left.length > 0) {
    const heldBy = ({ id, held }: RunTurn): number => held + (more.get(id) ?? 0);
    const best = left.reduce((a, b) => (compare(a, b, asker.machine, heldBy) <= 0 ? a : b));
    left.splice(left.indexOf(best), 1);
    more.set(best.run.id, (more.get(best.run.id) ?? 0) + 1);
    grants.push(grantOf(best, asker, at));
  }
  return grants;
}

function grantOf(candidate: Candidate, asker: Asker, at: number): Grant {
  const { unit } = candidate;
  const made = wasGrantedTo(candidate, asker);
  if (made !== undefined) return { unit, takeUp: made.takeUp, again: true };
  const takeUp = takeUpOf(unit, asker.machine);
  const given = granted(unit, asker.machine, at);
  return {
    // Begun anew: numbers of results begin with it.
    unit: takeUp === 'take-over' ? { ...given, generation: unit.generation + 1 } : given,
    takeUp,
    again: false,
  };
}

function takeUpOf({ epoch, holder }: Unit, machine: string): TakeUp {
  if (epoch === 0) return 'new';
  return holder === machine ? 'go-on' : 'take-over';
}

function compare(a: Candidate, b: Candidate, machine: string, heldBy: (run: RunTurn) => number): number {
  const own = Number(b.unit.holder === machine) - Number(a.unit.holder === machine);
  if (own !== 0) return own;
  if (a.run.id === b.run.id) return Number(a.unit.epoch === 0) - Number(b.unit.epoch === 0);
  if (a.run.priority !== b.run.priority) return b.run.priority - a.run.priority;
  const [heldA, heldB] = [heldBy(a.run), heldBy(b.run)];
  // What goes on is helped before another run is begun.
  if (heldA === 0 || heldB === 0)
    return Number(heldA === 0) - Number(heldB === 0) || compareTurns(a.run, b.run);
  return heldA / a.run.weight - heldB / b.run.weight || compareTurns(a.run, b.run);
}

function mayHave(candidate: Candidate, machine: string): boolean {
  const { unit, run, adrift, holderLost, freeFor } = candidate;
  const own = unit.holder === machine;
  // A run that is being stopped is granted once more to its own holder, so that the last results are told.
  if (run.state === 'stopping') return own && unit.state === 'held';
  if (run.state !== 'waiting' && run.state !== 'running') return false;
  if (unit.failures.some((failure) => failure.machine === machine)) return false;
  // Nobody is left who knows what its last process had sent.
  if (unit.holder === null && unit.epoch > 0 && freeFor < UNDER_WAY_MS) return false;
  if (own || unit.holder === null) return unit.state === 'free' || unit.state === 'held';
  if (unit.state === 'held') return adrift;
  if (unit.state !== 'free') return false;
  // Never granted: it waits for the machine that has the journal of its task, as long as that is here.
  return holderLost || (unit.epoch > 0 && freeFor >= LEASE_MS);
}

/** The grant that this session of the asker was made already. */
function wasGrantedTo({ unit, lastGrant }: Candidate, asker: Asker): GrantMade | undefined {
  const mine = unit.state === 'held' && unit.holder === asker.machine;
  return mine && lastGrant?.session === asker.session && lastGrant.epoch === unit.epoch
    ? lastGrant
    : undefined;
}
