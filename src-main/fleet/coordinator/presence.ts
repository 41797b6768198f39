import { LEASE_MS, leaseLeft } from './lease.ts';
import type { Ledger } from './ledger.ts';
import type { UnitEntry } from './run-entry.ts';

/** Who is here, by the steady clock: a clock on the wall that is set makes nobody come or go. */

/**
 * A machine that closed its connection is waited for that long: its program may only have been started again. With the next beat of whoever is
 * free, its work goes on within five seconds.
 */
export const GONE_MS = 3_500;

/** True when nothing was heard of a machine for as long as a lease lasts. Since this process began, if it was silent all that time. */
function isAway(ledger: Ledger, machine: string): boolean {
  const since = ledger.seen.get(machine)?.at ?? ledger.openedAt;
  return ledger.steady() - since > LEASE_MS;
}

/** True when a machine closed its connection and did not come back in time. */
function isGone(ledger: Ledger, machine: string): boolean {
  const since = ledger.gone.get(machine);
  return since !== undefined && ledger.steady() - since >= GONE_MS;
}

/** True when a machine is not there, as far as can be known. */
export function isOffline(ledger: Ledger, machine: string): boolean {
  return isAway(ledger, machine) || isGone(ledger, machine);
}

/** Machines that this process has heard within the time of a lease, also those whose connection broke since. */
export function machinesHere(ledger: Ledger): string[] {
  return [...ledger.seen.keys()].filter((machine) => !isAway(ledger, machine));
}

/** True when nobody keeps a held unit any more: its lease is over, or its holder is gone. */
export function isAdrift(ledger: Ledger, { unit }: UnitEntry): boolean {
  if (unit.state !== 'held') return false;
  if (unit.holder !== null && isGone(ledger, unit.holder)) return true;
  return leaseLeft(unit, ledger.steady()) === 0;
}
