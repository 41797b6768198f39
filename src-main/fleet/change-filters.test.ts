import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { noFilters } from '../../src-shared/model/filters.ts';
import { Story } from './story.ts';

let story: Story;
beforeAll(async () => {
  story = await Story.begin();
});
beforeEach(() => story.anew());
afterAll(() => story.rig.close());

const filters = { ...noFilters, skipNames: ['*.bak'] };

describe('other filters for a task', () => {
  it('are kept over a restart and told once', async () => {
    const { coordinator } = story.rig;
    const changed = { ok: true, value: { task: { settings: { filters } } } };
    expect(await coordinator.setFilters(story.task, filters)).toMatchObject(changed);
    expect(await coordinator.setFilters(story.task, filters)).toMatchObject(changed);
    expect(await story.eventKinds()).toEqual(['task-created', 'filters-changed']);
    await story.rig.stopCoordinator();
    await story.rig.startCoordinator();
    expect(story.rig.coordinator.task(story.task)).toMatchObject(changed);
  });

  it('are not taken while a run goes on, except the same', async () => {
    await story.order('start');
    const refused = { ok: false, problem: { code: 'wrong-state' } };
    expect(await story.rig.coordinator.setFilters(story.task, filters)).toMatchObject(refused);
    expect(await story.rig.coordinator.setFilters(story.task, noFilters)).toMatchObject({ ok: true });
    await story.beatUntil('running');
    expect(await story.rig.coordinator.setFilters(story.task, filters)).toMatchObject(refused);
    expect(story.row().task.settings.filters).toEqual(noFilters);
  });

  it('are for a task that there is', async () => {
    const { coordinator } = story.rig;
    expect(await coordinator.setFilters('task-none', filters)).toMatchObject({
      ok: false,
      problem: { code: 'not-found' },
    });
  });
});
