import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Puppet } from './puppet.ts';
import { PuppetFleet } from './puppet-fleet.ts';

let fleet: PuppetFleet;
let task: string;
beforeEach(async () => {
  fleet = PuppetFleet.ofOneFolder(60);
  task = await fleet.addTask();
  for (const puppet of fleet.puppets) await beat(puppet);
  await (await fleet.coordinator).order(task, 'start');
  // One begins, and gives the others a part each; then all three are at work and nothing is left to be had or to be offered.
  for (let round = 0; round < 12; round += 1)
    for (const [no, puppet] of fleet.puppets.entries()) {
      if (no === 0 && round < 2) puppet.work(1, fleet.now);
      await beat(puppet);
    }
});
afterEach(() => fleet.clear());

async function beat(puppet: Puppet): Promise<void> {
  fleet.now += 100;
  await puppet.beat(await fleet.coordinator, 'arrives', fleet.now);
}

it('what several machines of a run report is written together, and an order of a person waits until it is', async () => {
  const coordinator = await fleet.coordinator;
  const { puppets } = fleet;
  expect(puppets.map(({ holds }) => holds)).toEqual([1, 1, 1]);
  const written = Promise.withResolvers<void>();
  fleet.disk = written.promise;
  for (const puppet of puppets) puppet.work(1, fleet.now);
  const answers = Promise.all(puppets.map((puppet) => puppet.beat(coordinator, 'arrives', fleet.now)));
  // The results of each, and the sums of the run for each.
  await vi.waitFor(() => expect(fleet.waitingForDisk).toBe(2 * puppets.length), { timeout: 30_000 });
  const order = coordinator.order(task, 'pause');
  await new Promise((resolve) => setImmediate(resolve));
  expect(coordinator.task(task)).toMatchObject({ value: { run: { state: 'running' } } });
  fleet.disk = undefined;
  written.resolve();
  await answers;
  expect(await order).toMatchObject({ ok: true, value: { run: { state: 'pausing' } } });
});
