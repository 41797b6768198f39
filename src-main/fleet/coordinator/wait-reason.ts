import type { Problem } from '../../../src-shared/model/problem.ts';
import { LEASE_MS, leaseLeft } from './lease.ts';
import type { Ledger, RunEntry, TaskEntry } from './ledger.ts';
import { itemsOf } from './progress.ts';

/**
 * Why nobody works on a run that is to go on; null when somebody does, or when it is not to. A run that waits always has a reason:
 * silence and a program that hangs look the same. The cases are those of `decideGrants`, seen from the other side.
 */
export function waitReason(ledger: Ledger, entry: RunEntry, now: number): Problem | null {
  switch (entry.run.state) {
    case 'waiting':
      return reasonFor(ledger, entry, now);
    case 'running':
    case 'pausing':
    case 'stopping': {
      if (holderIsAway(ledger, entry, now)) return away(ledger, entry, now);
      // It ran when this process began; its holder has not taken it up again.
      const takenUp = entry.live !== undefined || entry.lastGrant !== undefined;
      return takenUp || entry.run.state !== 'running' ? null : reasonFor(ledger, entry, now);
    }
    default:
      return null;
  }
}

/** True when nothing was heard of a machine for as long as a lease lasts. Since this process began, if it was silent all that time. */
export function isAway(ledger: Ledger, machine: string, now: number): boolean {
  return now - Math.max(ledger.lastSeen(machine), ledger.openedAt) > LEASE_MS;
}

function reasonFor(ledger: Ledger, entry: RunEntry, now: number): Problem {
  const pinned = isPinned(entry, now);
  if (pinned && holderIsAway(ledger, entry, now)) return away(ledger, entry, now);
  const able = [...ledger.seen.keys()].filter(
    (machine) => !isAway(ledger, machine, now) && (!pinned || machine === entry.unit.holder),
  );
  if (able.length === 0 && now - ledger.openedAt > LEASE_MS) return { code: 'no-agent' };
  const free = able.some((machine) => (ledger.seen.get(machine)?.freeSlots ?? 0) > 0);
  const ahead = free ? undefined : oldestAtWork(ledger, entry, able);
  return ahead ? { code: 'waiting-for-slot', where: ahead.task.name } : { code: 'waiting-for-agent' };
}

/** Only its holder may have it: it was begun there, or the lease has not run out. */
function isPinned({ unit, facts }: RunEntry, now: number): boolean {
  return unit.holder !== null && (itemsOf(facts.counts.found) > 0 || leaseLeft(unit, now) > 0);
}

function holderIsAway(ledger: Ledger, { unit }: RunEntry, now: number): boolean {
  return unit.holder !== null && isAway(ledger, unit.holder, now);
}

function away(ledger: Ledger, { unit }: RunEntry, now: number): Problem {
  const left = leaseLeft(unit, now);
  const where = ledger.machines.get(unit.holder ?? '')?.name ?? unit.holder ?? undefined;
  return { code: 'machine-away', ...(where ? { where } : {}), ...(left > 0 ? { retryAt: now + left } : {}) };
}

function oldestAtWork(ledger: Ledger, entry: RunEntry, machines: readonly string[]): TaskEntry | undefined {
  return [...ledger.tasks.values()]
    .filter(({ last }) => {
      if (last === undefined || last === entry || last.unit.state !== 'held') return false;
      return machines.includes(last.unit.holder ?? '');
    })
    .sort((a, b) => (a.last?.run.startedAt ?? 0) - (b.last?.run.startedAt ?? 0))[0];
}
