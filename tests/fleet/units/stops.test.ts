import { expect, it } from 'vitest';
import { defaultSettings } from '../../../src-shared/model/settings.ts';
import { PuppetFleet } from './puppet-fleet.ts';

it('a run ends that was stopped while pieces of it were being given back', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const fleet = new PuppetFleet(new Map([['', { folders: [], files: names }]]));
  const coordinator = await fleet.coordinator;
  const { id } = await coordinator.addTask({
    ...{ name: 'Share', source: '/share', destination: 'https://x', settings: defaultSettings },
  });
  await coordinator.order(id, 'start');
  const [one, two] = fleet.puppets;
  const beat = async (who = one): Promise<void> => {
    fleet.now += 300;
    await who?.beat(coordinator, 'arrives', fleet.now);
  };
  await beat();
  one?.work(2, fleet.now);
  // The other has nothing to do: one is asked for pieces, and takes them out of its queue.
  await beat(two);
  await beat();
  expect(one?.offered).toBeGreaterThan(0);
  await coordinator.order(id, 'finish');
  // It tells them before it hears that it is to finish, and then its end.
  await beat();
  await beat();
  expect(coordinator.task(id)).toMatchObject({ value: { state: 'stopped' } });
  fleet.clear();
});
