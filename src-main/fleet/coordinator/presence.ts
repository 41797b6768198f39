import { LEASE_MS, leaseLeft } from './lease.ts';
import type { Ledger } from './ledger.ts';
import type { UnitEntry } from './run-entry.ts';

/** A machine whose connection broke is waited for that long: its program may only have been started again. */
export const GONE_MS = 5_000;

/** So long after this process began leases are taken as good: their holders could not renew them while nobody listened. */
const RETURN_MS = 10_000;

/** True when nothing was heard of a machine for as long as a lease lasts. Since this process began, if it was silent all that time. */
function isAway(ledger: Ledger, machine: string, now: number): boolean {
  return now - Math.max(ledger.lastSeen(machine), ledger.openedAt) > LEASE_MS;
}

/** True when a machine's connection broke and it did not come back in time. */
function isGone(ledger: Ledger, machine: string, now: number): boolean {
  const since = ledger.gone.get(machine);
  return since !== undefined && now - since >= GONE_MS;
}

/** True when a machine is not there, as far as can be known. */
export function isOffline(ledger: Ledger, machine: string, now: number): boolean {
  return isAway(ledger, machine, now) || isGone(ledger, machine, now);
}

/** Machines that this process has heard within the time of a lease, also those whose connection broke since. */
export function machinesHere(ledger: Ledger, now: number): string[] {
  return [...ledger.seen.keys()].filter((machine) => !isAway(ledger, machine, now));
}

/** True when nobody keeps a held unit any more: its lease is over, or its holder is gone. */
export function isAdrift(ledger: Ledger, { unit }: UnitEntry, now: number): boolean {
  if (unit.state !== 'held') return false;
  if (unit.holder !== null && isGone(ledger, unit.holder, now)) return true;
  return leaseLeft(unit, now) === 0 && now - ledger.openedAt >= RETURN_MS;
}
