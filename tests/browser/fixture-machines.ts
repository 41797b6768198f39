import type { FleetMachine, FleetState } from '../../src-shared/contract/fleet-admin.ts';
import type { MachineRow } from '../../src-shared/contract/machine-row.ts';
import { noRules } from '../../src-shared/model/plan.ts';
import { NOW, RUNNING } from './fixture.ts';

/** A fleet of five, each in another state. */

export const THIS = 'machine-1';
const fingerprint = 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA';
const place = { addresses: ['filesrv-02.contoso.com', '10.20.0.12'], port: 7_443, fingerprint };

export const alone: FleetState = {
  role: 'alone',
  machine: THIS,
  name: 'FILESRV-02',
  listener: null,
  joined: null,
};
export const coordinating: FleetState = {
  ...alone,
  role: 'coordinator',
  listener: { ...place, host: null, listening: true, problem: null },
};
export const WORDS = 'copper lagoon tulip ribbon';
export const joinedOne = (state: NonNullable<FleetState['joined']>['state']): FleetState => ({
  ...alone,
  role: 'joined',
  joined: { ...place, coordinator: 'FILESRV-02', state, words: WORDS, problem: null },
});

const member = (machine: string, name: string, more: Partial<FleetMachine> = {}): FleetMachine => ({
  ...{ machine, name, state: 'member', connected: true, words: 'amber canoe fiddle otter' },
  ...{ pairedAt: NOW - 3 * 86_400_000, lastSeen: NOW - 800 },
  ...more,
});
export const members: readonly FleetMachine[] = [
  member('machine-2', 'APP-11'),
  member('machine-3', 'APP-12'),
  member('machine-4', 'NIGHT-01'),
  member('machine-5', 'LAPTOP-EVA', { connected: false }),
];
export const pendingMember = member('machine-6', 'NEW-PC', {
  state: 'pending',
  pairedAt: NOW - 20_000,
  words: WORDS,
});

const row = (machine: string, name: string, more: Partial<MachineRow> = {}): MachineRow => ({
  ...{ machine, name, state: 'idle', firstSeen: NOW - 3 * 86_400_000, lastSeen: NOW - 800, rules: noRules },
  ...{ bandwidth: { bytesPerSecond: null, hours: [] }, freeSlots: 1, units: [], inFlight: [] },
  sample: { at: NOW, filesPerSecond: 0, bytesPerSecond: 0, limitedBy: 'nothing' },
  ...{ reason: null, cannotRead: [], ...more },
});
const unit = (id: string, path: string) =>
  ({ unit: id, task: RUNNING, name: 'Projects and finance', path, phase: 'copying' }) as const;

export const machineRows: readonly MachineRow[] = [
  row(THIS, 'FILESRV-02', {
    state: 'working',
    freeSlots: 0,
    units: [unit('unit-1', '')],
    sample: { at: NOW, filesPerSecond: 142, bytesPerSecond: 31_400_000, limitedBy: 'network' },
    inFlight: [
      {
        path: 'Projects/2026/Harbour crane/Drawings/HC-2201 main boom rev F.dwg',
        sent: 31e6,
        size: 48_300_000,
      },
      { path: 'Finance/Year end/2025/Consolidation workbook (final).xlsx', sent: 9e6, size: 22_700_000 },
    ],
  }),
  row('machine-2', 'APP-11', {
    state: 'working',
    freeSlots: 0,
    units: [unit('unit-2', 'Marketing/Trade fair/Film'), unit('unit-3', 'Projects/2019')],
    rules: { ...noRules, labels: ['berlin'], slots: 2 },
    bandwidth: { bytesPerSecond: 20e6, hours: [] },
    sample: { at: NOW, filesPerSecond: 61, bytesPerSecond: 18_900_000, limitedBy: 'source' },
  }),
  row('machine-3', 'APP-12', {
    state: 'working',
    units: [unit('unit-4', 'Projects/2024')],
    rules: { ...noRules, drained: true, labels: ['berlin'] },
    sample: { at: NOW, filesPerSecond: 12, bytesPerSecond: 3_100_000, limitedBy: 'service' },
  }),
  row('machine-4', 'NIGHT-01', {
    rules: { ...noRules, hours: [{ days: [1, 2, 3, 4, 5], from: 1_140, to: 420 }] },
    reason: { code: 'no-machine-allowed', detail: 'outside of its hours' },
    cannotRead: [
      { source: String.raw`\\oldnas\scans`, code: 'source-sign-in-refused', since: NOW - 7_200_000 },
    ],
  }),
  row('machine-5', 'LAPTOP-EVA', { state: 'offline', freeSlots: 0, lastSeen: NOW - 11 * 60_000 }),
];
