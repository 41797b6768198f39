import type { Unit } from '../../store/fleet-store.ts';

/**
 * How long a lease lasts without a beat. Long enough for a short break of the network, short enough to hand over. It is counted by the steady
 * clock of the coordinator's process, as all times here are: the clock on the wall may be set, and whoever was given 30 seconds by an
 * earlier process gets its full time again from the next one.
 */
export const LEASE_MS = 30_000;

/** A lease is lengthened only when less than this is left of it: every five seconds, and not with every beat. */
const RENEW_BELOW_MS = 25_000;

/** What an agent says that it holds. */
export interface Claim {
  readonly machine: string;
  readonly epoch: number;
}

/**
 * What becomes of a claim:
 * - `held`: it is the holder's, its results count, its lease goes on
 * - `released`: it was let go and nobody else had it since: its results still count, it is to be dropped
 * - `lost`: somebody else has it, or a later grant: nothing of it counts any more
 */
export type Standing = 'held' | 'released' | 'lost';

/** Judges a claim by the fencing number. A lease that ran out is still good while nobody else was granted the unit. */
export function judge(unit: Unit, claim: Claim): Standing {
  if (unit.epoch !== claim.epoch || unit.holder !== claim.machine) return 'lost';
  return unit.state === 'held' ? 'held' : 'released';
}

/** The unit with its lease renewed, or the same object when enough is left of it. */
export function renewed(unit: Unit, at: number): Unit {
  return leaseLeft(unit, at) >= RENEW_BELOW_MS ? unit : { ...unit, leaseUntil: at + LEASE_MS };
}

/** A unit as a process that begins finds it: its holder may write for as long as the process before said, so it is waited for anew. */
export function foundAgain(unit: Unit, at: number): Unit {
  return unit.state === 'held' ? { ...unit, leaseUntil: at + LEASE_MS } : unit;
}

/** Milliseconds for which the lease is still good; 0 when it is over or nobody has it. */
export function leaseLeft(unit: Unit, at: number): number {
  if (unit.state !== 'held' || unit.leaseUntil === null) return 0;
  return Math.max(0, unit.leaseUntil - at);
}

/** The unit as it is given to a machine: every grant has a number of its own, so that older holders are fenced off. */
export function granted(unit: Unit, machine: string, at: number): Unit {
  return { ...unit, epoch: unit.epoch + 1, holder: machine, leaseUntil: at + LEASE_MS, state: 'held' };
}

/** The unit let go. The holder stays named: its journal knows the unit, see {@link file://./grant.ts}. */
export function released(unit: Unit): Unit {
  return { ...unit, leaseUntil: null, state: 'free' };
}
