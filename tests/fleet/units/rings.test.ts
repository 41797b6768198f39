import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Puppet } from './puppet.ts';
import { PuppetFleet } from './puppet-fleet.ts';

/** What a message takes on its way and its answer back, in milliseconds: much less than the second between two beats. */
const WAY_MS = 10;
const SECOND_MS = 1_000;

let fleet: PuppetFleet;
let task: string;
beforeEach(async () => {
  fleet = PuppetFleet.ofOneFolder(60);
  task = await fleet.addTask();
  for (const puppet of fleet.puppets) await beat(puppet);
  await (await fleet.coordinator).order(task, 'start');
});
afterEach(() => fleet.clear());

/** Whoever has pieces to give back beats again at once. */
async function beat(puppet: Puppet | undefined): Promise<void> {
  const offered = puppet?.offered ?? 0;
  fleet.now += WAY_MS;
  await puppet?.beat(await fleet.coordinator, 'arrives', fleet.now);
  if ((puppet?.offered ?? 0) > offered) await beat(puppet);
}

/** Whoever is rung beats, until nobody is rung any more. */
async function settle(): Promise<void> {
  for (let rung = fleet.rung.shift(); rung !== undefined; rung = fleet.rung.shift())
    await beat(fleet.puppets.find(({ machine }) => machine === rung));
}

const working = (): string[] => fleet.puppets.filter(({ holds }) => holds > 0).map(({ machine }) => machine);

describe('machines that have nothing to do', () => {
  it('are at work within some messages once there is more than one machine can do, whoever beats when', async () => {
    const [one, two] = fleet.puppets;
    await beat(one);
    // It lists the folder, and its next beat says how much there is.
    one?.work(1, fleet.now);
    fleet.now += SECOND_MS;
    await beat(one);
    const began = fleet.now;
    // The other two beat when they are rung, and at no other time.
    await settle();
    expect(working()).toEqual(fleet.puppets.map(({ machine }) => machine));
    // One of them has done its part, and there is nothing at hand: whoever has most is asked at once.
    for (let left = 3; left > 0; left -= 1) {
      two?.work(100, fleet.now);
      await beat(two);
      await beat(two);
      await settle();
      expect(working()).toContain(two?.machine);
    }
    expect(fleet.now - began).toBeLessThan(SECOND_MS / 2);
  });

  it('are not rung again and again where nobody has anything to give', async () => {
    const [one, two] = fleet.puppets;
    await beat(one);
    one?.work(100, fleet.now);
    fleet.now += SECOND_MS;
    await beat(one);
    await settle();
    fleet.rung.length = 0;
    for (let no = 0; no < 20; no += 1) await beat(two);
    expect(fleet.rung.length).toBeLessThanOrEqual(2);
  });

  it('are not rung for what they may not work on', async () => {
    const coordinator = await fleet.coordinator;
    const [one, two, three] = fleet.puppets.map(({ machine }) => machine);
    const plan = coordinator.plan(task);
    if (plan.ok) await coordinator.setPlan(task, { ...plan.value, machines: [one ?? '', two ?? ''] });
    await beat(fleet.puppets[0]);
    fleet.puppets[0]?.work(1, fleet.now);
    fleet.now += SECOND_MS;
    await beat(fleet.puppets[0]);
    await settle();
    await beat(fleet.puppets[2]);
    expect(fleet.rung).not.toContain(three);
    expect(working()).toEqual([one, two]);
  });
});
