import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Gentle } from '../../src-shared/model/gentle.ts';
import { Story } from './story.ts';

let story: Story;
beforeAll(async () => {
  story = await Story.begin();
});
beforeEach(() => story.anew());
afterAll(() => story.rig.close());

const gentle: Gentle = { share: 25, hours: [{ days: [6, 0], from: 0, to: 1_440, share: 0 }] };

describe('how gently the source of a task is read', () => {
  it('is kept over a restart and told once', async () => {
    const { coordinator } = story.rig;
    const changed = { ok: true, value: { task: { settings: { gentle } } } };
    expect(await coordinator.setGentle(story.task, gentle)).toMatchObject(changed);
    expect(await coordinator.setGentle(story.task, gentle)).toMatchObject(changed);
    expect(await story.eventKinds()).toEqual(['task-created', 'gentle-changed']);
    await story.rig.stopCoordinator();
    await story.rig.startCoordinator();
    expect(story.rig.coordinator.task(story.task)).toMatchObject(changed);
  });

  it('reaches a run that goes on with the next beat', async () => {
    await story.startAndCopyTwo();
    await story.rig.coordinator.setGentle(story.task, gentle);
    await story.rig.beat();
    expect(story.rig.engines.at(-1)?.gentle).toEqual(gentle);
  });

  it('is for a task that there is', async () => {
    expect(await story.rig.coordinator.setGentle('task-none', gentle)).toMatchObject({
      ok: false,
      problem: { code: 'not-found' },
    });
  });
});
