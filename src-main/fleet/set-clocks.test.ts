import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Story } from './story.ts';

/** Somebody sets the coordinator's clock on the wall, as the network's time does after a start: forward, back, and by how much. */
const HOUR = 3_600_000;
const SETS = [
  ['forward', HOUR],
  ['back', -HOUR],
] as const;

let story: Story;
beforeAll(async () => {
  story = await Story.begin();
});
beforeEach(async () => {
  story.rig.wallAhead = 0;
  await story.anew();
});
afterAll(() => story.rig.close());

/** Time goes by in seconds, as the ticks of a machine have it: in one step it would have slept. */
function pass(ms: number, mayWrite: () => boolean): boolean {
  for (let left = ms; left > 0; left -= 1_000) {
    story.rig.now += 1_000;
    mayWrite();
  }
  return mayWrite();
}

/** The machine that copies is not heard of any more, and another one asks for work. Returns whether the first may write. */
async function fallSilent(forMs: number): Promise<() => boolean> {
  await story.startAndCopyTwo();
  const { mayWrite } = story.rig;
  pass(forMs, mayWrite);
  story.rig.startAgent('machine-two');
  return mayWrite;
}

describe.each(SETS)('a clock that is set %s while a machine is silent', (_, by) => {
  it('gives its unit to nobody else while it may write, and to the next who asks when its lease is over', async () => {
    const mayWrite = await fallSilent(15_000);
    story.rig.wallAhead = by;
    await story.rig.beat();
    expect(mayWrite(), 'it may still write').toBe(true);
    expect(await story.unit()).toMatchObject({ holder: 'machine-one', epoch: 1, state: 'held' });
    expect(pass(15_000, mayWrite)).toBe(false);
    await story.rig.beat();
    expect(await story.unit()).toMatchObject({ holder: 'machine-two', epoch: 2 });
  });

  it('shows no machine as away that is here, and none as here that is away', async () => {
    await story.startAndCopyTwo();
    story.rig.wallAhead = by;
    const states = () =>
      story.rig.coordinator.overview().agents.filter(({ machine }) => machine === 'machine-one');
    expect(states()).toMatchObject([{ state: 'working' }]);
    story.rig.now += 31_000;
    expect(states()).toMatchObject([{ state: 'offline' }]);
    expect(story.row()).toMatchObject({ reason: { code: 'machine-away', where: 'machine-one' } });
  });

  it('stops a run whose machine is gone after a lease, and no earlier', async () => {
    await story.startAndCopyTwo();
    await story.order('stop');
    await story.rig.killAgent();
    story.rig.wallAhead = by;
    story.rig.startAgent('machine-two');
    story.rig.now += 10_000;
    await story.rig.beat();
    expect(story.row().state).toBe('stopping');
    story.rig.now += 20_000;
    await story.rig.beat();
    expect(story.row().state).toBe('stopped');
  });

  it('and by a process that was started since: every lease that was alive gets its full time again', async () => {
    const mayWrite = await fallSilent(15_000);
    await story.rig.stopCoordinator();
    story.rig.wallAhead = by;
    await story.rig.startCoordinator();
    await story.rig.beat();
    expect(mayWrite()).toBe(true);
    expect((await story.unit()).holder).toBe('machine-one');
    expect(pass(27_000, mayWrite)).toBe(false);
    await story.rig.beat();
    expect((await story.unit()).holder, 'a lease after the start').toBe('machine-one');
    story.rig.now += 2_000;
    await story.rig.beat();
    expect((await story.unit()).holder).toBe('machine-two');
  });
});
