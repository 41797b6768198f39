import type { Problem } from '../../../src-shared/model/problem.ts';
import { type Refusal, refusalOf, workerOf } from './allowed.ts';
import { LEASE_MS, leaseLeft } from './lease.ts';
import type { Ledger, TaskEntry } from './ledger.ts';
import { isOffline, machinesHere } from './presence.ts';
import { heldUnits, type RunEntry, type UnitEntry } from './run-entry.ts';

/**
 * Why nobody works on a run that is to go on; null when somebody does, or when it is not to. A run that waits always has a reason:
 * silence and a program that hangs look the same. The cases are those of `decideGrants`, seen from the other side.
 */
export function waitReason(ledger: Ledger, entry: RunEntry, now: number): Problem | null {
  switch (entry.run.state) {
    case 'waiting':
      return reasonFor(ledger, entry, now);
    case 'running': {
      const units = [...entry.units.values()];
      // It ran when this process began; its holder has not taken it up again.
      const takenUp = units.some(
        (one) => (one.live !== undefined || one.lastGrant !== undefined) && !isLost(ledger, one),
      );
      return takenUp ? null : reasonFor(ledger, entry, now);
    }
    case 'pausing':
    case 'stopping': {
      const held = heldUnits(entry);
      const [first] = held;
      return first !== undefined && held.every((one) => isLost(ledger, one))
        ? away(ledger, first, now)
        : null;
    }
    default:
      return null;
  }
}

/** Its holder is not there. */
function isLost(ledger: Ledger, { unit }: UnitEntry): boolean {
  const { holder, state } = unit;
  if (holder === null || state !== 'held') return true;
  return isOffline(ledger, holder);
}

function reasonFor(ledger: Ledger, entry: RunEntry, now: number): Problem {
  const here = machinesHere(ledger);
  const units = [...entry.units.values()];
  const leased = units.find((one) => isLost(ledger, one) && leaseLeft(one.unit, ledger.steady()) > 0);
  if (leased !== undefined) return away(ledger, leased, now);
  if (here.length === 0 && ledger.steady() - ledger.openedAt > LEASE_MS) {
    const lost = units.find(({ unit }) => unit.holder !== null);
    return lost === undefined ? { code: 'no-agent' } : away(ledger, lost, now);
  }
  const task = ledger.taskOf(entry);
  const refusals = here.flatMap((machine) => {
    const refusal = refusalOf(workerOf(ledger, machine), task, now);
    return refusal === undefined ? [] : [{ machine, refusal }];
  });
  if (here.length > 0 && refusals.length === here.length) return refused(ledger, task, refusals);
  const able = here.filter((machine) => !refusals.some((one) => one.machine === machine));
  const free = able.some((machine) => (ledger.seen.get(machine)?.freeSlots ?? 0) > 0);
  const ahead = free ? undefined : oldestAtWork(ledger, entry, able);
  return ahead ? { code: 'waiting-for-slot', where: ahead.task.name } : { code: 'waiting-for-agent' };
}

/** Why none of the machines that are here may have it: what each of them met. */
function refused(
  ledger: Ledger,
  { task }: TaskEntry,
  refusals: readonly { readonly machine: string; readonly refusal: Refusal }[],
): Problem {
  const unread = refusals.filter(({ refusal }) => refusal.why === 'cannot-read');
  const told = unread.length > 0 ? unread : refusals;
  const detail = told
    .map(({ machine, refusal }) => `${ledger.nameOf(machine)}: ${textOf(refusal)}`)
    .join('; ');
  return unread.length > 0
    ? { code: 'source-out-of-reach', where: task.source, detail }
    : { code: 'no-machine-allowed', where: task.name, detail };
}

/** For the detail, which is for experts. */
function textOf(refusal: Refusal): string {
  switch (refusal.why) {
    case 'cannot-read':
      return refusal.code;
    case 'labels':
      return `not labelled ${refusal.missing.join(', ')}`;
    case 'other-machines':
      return 'not among the machines of the task';
    case 'drained':
      return 'drained';
    case 'outside-hours':
      return 'outside of its hours';
  }
}

function away(ledger: Ledger, { unit }: UnitEntry, now: number): Problem {
  const left = leaseLeft(unit, ledger.steady());
  const where = unit.holder === null ? undefined : ledger.nameOf(unit.holder);
  return { code: 'machine-away', ...(where ? { where } : {}), ...(left > 0 ? { retryAt: now + left } : {}) };
}

function oldestAtWork(ledger: Ledger, entry: RunEntry, machines: readonly string[]): TaskEntry | undefined {
  const others = machines
    .flatMap((machine) => ledger.unitsOf(machine))
    .filter(({ unit, of }) => unit.state === 'held' && of !== entry);
  const oldest = others.sort((a, b) => a.of.run.startedAt - b.of.run.startedAt)[0];
  return oldest && ledger.taskOf(oldest.of);
}
