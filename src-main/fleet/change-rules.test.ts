import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { taskRulesSchema } from '../../src-shared/model/settings.ts';
import { Story } from './story.ts';

let story: Story;
beforeAll(async () => {
  story = await Story.begin();
});
beforeEach(() => story.anew());
afterAll(() => story.rig.close());

describe('other rules for a task', () => {
  it('are kept over a restart and told once; what is not named stays', async () => {
    const { coordinator } = story.rig;
    expect(await coordinator.setRules(story.task, { conflict: 'skip' })).toMatchObject({ ok: true });
    const both = { ok: true, value: { task: { settings: { conflict: 'skip', deletions: 'recycle' } } } };
    expect(await coordinator.setRules(story.task, { deletions: 'recycle' })).toMatchObject(both);
    expect(await coordinator.setRules(story.task, { conflict: 'skip' })).toMatchObject(both);
    expect(await story.eventKinds()).toEqual(['task-created', 'rules-changed', 'rules-changed']);
    await story.rig.stopCoordinator();
    await story.rig.startCoordinator();
    expect(story.rig.coordinator.task(story.task)).toMatchObject(both);
  });

  it('are not taken while a run goes on, except the same', async () => {
    await story.order('start');
    const refused = { ok: false, problem: { code: 'wrong-state' } };
    expect(await story.rig.coordinator.setRules(story.task, { conflict: 'skip' })).toMatchObject(refused);
    const same = await story.rig.coordinator.setRules(story.task, { conflict: 'keep-theirs' });
    expect(same).toMatchObject({ ok: true });
  });

  it('are for a task that there is', async () => {
    expect(await story.rig.coordinator.setRules('task-none', { conflict: 'skip' })).toMatchObject({
      ok: false,
      problem: { code: 'not-found' },
    });
  });
});

it('a rule that is not named is not set to its default on the way', () => {
  expect(taskRulesSchema.parse({ conflict: 'skip' })).toEqual({ conflict: 'skip' });
});
