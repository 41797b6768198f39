import type { RunState } from '../../../src-shared/model/run.ts';
import type { Unit } from '../../store/fleet-store.ts';
import { granted, leaseLeft } from './lease.ts';

/** A unit that could be given away, with what decides about it. */
export interface Candidate {
  readonly unit: Unit;
  readonly runState: RunState;
  readonly startedAt: number;
  /** Something was told of it by its holder: from then on only that machine's journal knows it. */
  readonly begun: boolean;
  /** Session and epoch of the last grant that this process of the coordinator made. */
  readonly lastGrant: { readonly session: string; readonly epoch: number } | undefined;
}

/** The agent that asks. */
export interface Asker {
  readonly machine: string;
  readonly session: string;
  readonly freeSlots: number;
  /** The units that it says it holds. */
  readonly claims: ReadonlySet<string>;
}

export interface Grant {
  readonly unit: Unit;
  /** The same grant once more: its answer was lost, or the beat came twice. Nothing is to be written. */
  readonly again: boolean;
}

/**
 * Which units an agent gets, the oldest run first. A unit that was begun goes back to the machine that began it and
 * to no other: its journal knows what was copied, and its results are numbered by it. A unit of which nothing was
 * told yet goes to anybody once its lease is over.
 */
export function decideGrants(candidates: readonly Candidate[], asker: Asker, now: number): readonly Grant[] {
  const wanted = candidates
    .filter((candidate) => !asker.claims.has(candidate.unit.id) && mayHave(candidate, asker.machine, now))
    .sort((a, b) => a.startedAt - b.startedAt || (a.unit.id < b.unit.id ? -1 : 1));
  return wanted.slice(0, asker.freeSlots).map((candidate) => {
    const again = wasGrantedTo(candidate, asker);
    return { unit: again ? candidate.unit : granted(candidate.unit, asker.machine, now), again };
  });
}

function mayHave({ unit, runState, begun }: Candidate, machine: string, now: number): boolean {
  const own = unit.holder === machine;
  // A run that is being stopped is granted once more to its own holder, so that the last results are told.
  if (runState === 'stopping') return own && unit.state === 'held';
  if (runState !== 'waiting' && runState !== 'running') return false;
  if (unit.state === 'done') return false;
  if (own || unit.holder === null) return true;
  return !begun && leaseLeft(unit, now) === 0;
}

function wasGrantedTo({ unit, lastGrant }: Candidate, asker: Asker): boolean {
  return (
    unit.state === 'held' &&
    unit.holder === asker.machine &&
    lastGrant?.session === asker.session &&
    lastGrant.epoch === unit.epoch
  );
}
