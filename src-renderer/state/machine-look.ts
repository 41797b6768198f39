import type { FleetMachine } from '../../src-shared/contract/fleet-admin.ts';
import type { MachineRow } from '../../src-shared/contract/machine-row.ts';

/** A machine as the page shows it: what it does, and how it stands to the fleet. Either may be unknown. */
export interface ShownMachine {
  readonly id: string;
  readonly name: string;
  /** Undefined for one that has not worked yet. */
  readonly row: MachineRow | undefined;
  /** Undefined for the coordinator itself, and where somebody else keeps the list. */
  readonly member: FleetMachine | undefined;
  readonly isThis: boolean;
}

export type MachineLook =
  | MachineRow['state']
  | 'waiting'
  | 'draining'
  | 'drained'
  | 'never-seen'
  | 'sent-away';

/** How a machine is, in one word: what a person has decided about it goes before what it does. */
export function lookOf({ row, member }: Pick<ShownMachine, 'row' | 'member'>): MachineLook {
  if (member?.state === 'revoked') return 'sent-away';
  if (row === undefined) return 'never-seen';
  if (row.state === 'offline') return 'offline';
  if (row.rules.drained) return row.units.length > 0 ? 'draining' : 'drained';
  return row.state === 'idle' && row.reason !== null ? 'waiting' : row.state;
}

/** Machines that work, and those that joined; whoever only wants to is not among them. Names in order, this machine first. */
export function shownMachines(
  rows: readonly MachineRow[],
  members: readonly FleetMachine[],
  thisMachine: string | undefined,
): readonly ShownMachine[] {
  const joined = members.filter(({ state }) => state !== 'pending');
  const ids = new Set([...rows, ...joined].map(({ machine }) => machine));
  const pending = new Set(members.filter(({ state }) => state === 'pending').map(({ machine }) => machine));
  return [...ids]
    .filter((id) => !pending.has(id))
    .map((id) => {
      const row = rows.find(({ machine }) => machine === id);
      const member = joined.find(({ machine }) => machine === id);
      return { id, name: row?.name ?? member?.name ?? id, row, member, isThis: id === thisMachine };
    })
    .sort((a, b) => Number(b.isThis) - Number(a.isThis) || a.name.localeCompare(b.name));
}
