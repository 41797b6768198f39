import type { Overview } from '../../../src-shared/contract/console-types.ts';
import type { MachineRow } from '../../../src-shared/contract/machine-row.ts';
import type { Problem } from '../../../src-shared/model/problem.ts';
import { parseProblem } from '../parse-problem.ts';
import { isOutsideHours } from './allowed.ts';
import type { Ledger } from './ledger.ts';
import { filesInFlight } from './live-view.ts';
import { isOffline } from './presence.ts';
import type { UnitEntry } from './run-entry.ts';

export function stateOfMachine(ledger: Ledger, machine: string): Overview['agents'][number]['state'] {
  if (isOffline(ledger, machine)) return 'offline';
  const units = ledger.unitsOf(machine);
  if (units.some(({ live }) => live !== undefined)) return 'working';
  return units.some(({ of }) => of.run.state === 'paused') ? 'paused' : 'idle';
}

/** A machine with what it works on, for the page of machines. */
export function machineRowOf(
  ledger: Ledger,
  id: string,
  bandwidth: MachineRow['bandwidth'],
  now: number,
): MachineRow | undefined {
  const known = ledger.machines.get(id);
  if (known === undefined) return undefined;
  const rules = ledger.rulesOf(id);
  const state = stateOfMachine(ledger, id);
  const units = ledger.unitsOf(id).filter(({ unit }) => unit.state === 'held');
  const seen = ledger.seen.get(id);
  return {
    machine: id,
    name: known.name,
    state,
    firstSeen: known.firstSeen,
    lastSeen: ledger.lastSeen(id),
    rules,
    bandwidth,
    freeSlots: state === 'offline' ? 0 : (seen?.freeSlots ?? 0),
    units: units.map((entry) => unitRowOf(ledger, entry)),
    sample: ledger.paceOf(id).pace.sample(now),
    inFlight: filesInFlight(ledger, units),
    reason: state === 'idle' ? reasonOf(ledger, id, now) : null,
    cannotRead: [...(seen?.cannotRead ?? [])].map(([source, { code, since }]) => ({ source, code, since })),
  };
}

function unitRowOf(ledger: Ledger, { unit, of, live }: UnitEntry): MachineRow['units'][number] {
  const { id, name } = ledger.taskOf(of).task;
  return { unit: unit.id, task: id, name, path: unit.path, phase: live?.phase ?? null };
}

/** Why a machine that is here has nothing to do; null when there simply is no work. */
function reasonOf(ledger: Ledger, machine: string, now: number): Problem | null {
  const rules = ledger.rulesOf(machine);
  if (rules.drained) return { code: 'no-machine-allowed', detail: 'drained' };
  if (isOutsideHours(rules, now)) return { code: 'no-machine-allowed', detail: 'outside of its hours' };
  const [first] = ledger.seen.get(machine)?.cannotRead ?? [];
  return first === undefined ? null : parseProblem({ code: first[1].code, where: first[0] });
}
