import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Beat } from '../../src-shared/contract/fleet.ts';
import { FleetRig } from './fleet-rig.ts';

let rig: FleetRig;
beforeAll(async () => {
  rig = await FleetRig.make();
});
afterAll(() => rig.close());

/** What a machine may send a second, by the answer to a beat of it. */
async function told(machine: string): Promise<number | undefined> {
  const none = { units: 0, bytes: 0, requests: 0 };
  const beat: Beat = {
    ...{ protocol: 1, machine, name: machine, session: 'session-one', number: 1, freeSlots: 0, units: [] },
    budget: [
      {
        ...{ payer: { tenant: 'contoso', app: 'convoy' }, used: none, refused: 0, wanted: none },
        ...{ slice: 0, holds: none },
      },
    ],
  };
  const answer = await rig.coordinator.fleet.beat(beat);
  if (!answer.ok) throw new Error(answer.problem.code);
  return answer.value.budget?.slices[0]?.lots.bytes.perSecond;
}

it('is told to the machine with its next beat, is kept over a restart, and can be taken back', async () => {
  expect(await told('machine-two')).toBeUndefined();
  const bandwidth = { bytesPerSecond: 2_500_000, hours: [] };
  expect(await rig.coordinator.setBandwidth('machine-two', bandwidth)).toEqual({
    ok: true,
    value: bandwidth,
  });
  expect(await told('machine-two')).toBe(2_500_000);
  expect(await told('machine-three')).toBeUndefined();
  await rig.stopCoordinator();
  await rig.startCoordinator();
  expect(await told('machine-two')).toBe(2_500_000);
  await rig.coordinator.setBandwidth('machine-two', { bytesPerSecond: null, hours: [] });
  expect(await told('machine-two')).toBeUndefined();
});

it('of a machine that nobody knows is refused', async () => {
  expect(await rig.coordinator.setBandwidth('nobody', { bytesPerSecond: 1, hours: [] })).toMatchObject({
    problem: { code: 'not-found' },
  });
});
