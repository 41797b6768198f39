import { describe, expect, it } from 'vitest';
import type { FleetMachine } from '../../src-shared/contract/fleet-admin.ts';
import type { MachineRow } from '../../src-shared/contract/machine-row.ts';
import { noRules } from '../../src-shared/model/plan.ts';
import { lookOf, shownMachines } from './machine-look.ts';

const row = (machine: string, more: Partial<MachineRow> = {}): MachineRow => ({
  ...{ machine, name: machine, state: 'idle', firstSeen: 0, lastSeen: 0, rules: noRules },
  ...{ bandwidth: { bytesPerSecond: null, hours: [] }, freeSlots: 1, units: [], inFlight: [] },
  ...{
    sample: { at: 0, filesPerSecond: 0, bytesPerSecond: 0, limitedBy: 'nothing' },
    reason: null,
    cannotRead: [],
  },
  ...more,
});
const member = (machine: string, state: FleetMachine['state']): FleetMachine => ({
  ...{ machine, name: machine, state, connected: true, words: 'a b c d', pairedAt: 0, lastSeen: null },
});
const unit = { unit: 'unit-1', task: 'task-1', name: 'Finance', path: '', phase: null };

describe('how a machine is', () => {
  it.each([
    ['has nothing to do', row('a'), undefined, 'idle'],
    ['may not work now', row('a', { reason: { code: 'no-machine-allowed' } }), undefined, 'waiting'],
    ['works', row('a', { state: 'working', units: [unit] }), undefined, 'working'],
    [
      'ends its work',
      row('a', { state: 'working', units: [unit], rules: { ...noRules, drained: true } }),
      undefined,
      'draining',
    ],
    ['takes no work', row('a', { rules: { ...noRules, drained: true } }), undefined, 'drained'],
    ['is away', row('a', { state: 'offline', rules: { ...noRules, drained: true } }), undefined, 'offline'],
    ['was sent away while it worked', row('a', { state: 'working' }), member('a', 'revoked'), 'sent-away'],
    ['has joined and not worked', undefined, member('a', 'member'), 'never-seen'],
  ] as const)('that %s', (_, its, of, look) => {
    expect(lookOf({ row: its, member: of })).toBe(look);
  });
});

it('shows whoever works or has joined once, this machine first, and nobody who only wants to join', () => {
  const shown = shownMachines(
    [row('zebra'), row('beta'), row('guest')],
    [member('beta', 'member'), member('alpha', 'member'), member('guest', 'pending')],
    'zebra',
  );
  expect(shown.map(({ id, isThis }) => [id, isThis])).toEqual([
    ['zebra', true],
    ['alpha', false],
    ['beta', false],
  ]);
});
