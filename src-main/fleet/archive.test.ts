import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyCounts } from '../../src-shared/model/counts.ts';
import { failed } from '../../src-shared/model/problem.ts';
import { FleetRig } from './fleet-rig.ts';
import { Story, WAIT } from './story.ts';

let story: Story;
beforeAll(async () => {
  story = await Story.begin();
});
beforeEach(() => story.anew());
afterAll(() => story.rig.close());

const listed = async (shelf?: 'present' | 'archived' | 'all') =>
  (await story.rig.coordinator.tasks({ limit: 200, shelf })).tasks.map(({ task }) => task.id);

describe('the archive', () => {
  it('takes a task out of lists, sums and attention, keeps all of it, and gives it back', async () => {
    const rig = await FleetRig.make();
    try {
      const { id } = await rig.addTask();
      await rig.coordinator.order(id, 'start');
      rig.openers.openDestination = async () => failed('site-not-found');
      await vi.waitFor(async () => {
        await rig.beat();
        expect(rig.coordinator.task(id)).toMatchObject({ value: { state: 'failed', archivedAt: null } });
      }, WAIT);
      expect(rig.coordinator.overview()).toMatchObject({ tasks: { failed: 1 }, archived: 0 });
      expect(rig.coordinator.overview().attention.map(({ code }) => code)).toEqual(['site-not-found']);

      expect(await rig.coordinator.order(id, 'archive')).toMatchObject({ value: { archivedAt: rig.now } });
      const without = rig.coordinator.overview();
      expect(without).toMatchObject({ tasks: {}, archived: 1, attention: [], requests: 0 });
      expect(without.counts).toEqual(emptyCounts());

      await rig.stopCoordinator();
      await rig.startCoordinator();
      expect(rig.coordinator.overview()).toMatchObject({ tasks: {}, archived: 1 });
      expect(await rig.coordinator.runs(id)).toHaveLength(1);
      const [run] = await rig.coordinator.runs(id);
      expect(await rig.coordinator.account(run?.run.id ?? '')).toMatchObject({ ok: true });

      expect(await rig.coordinator.order(id, 'restore')).toMatchObject({ value: { archivedAt: null } });
      expect(rig.coordinator.overview()).toMatchObject({ tasks: { failed: 1 }, archived: 0 });
    } finally {
      await rig.close();
    }
  });

  it('is a list of its own, and says what was ordered once, however often it is ordered', async () => {
    const other = (await story.rig.addTask()).id;
    await story.order('archive', 'archive');
    expect(await listed()).toContain(other);
    expect(await listed()).not.toContain(story.task);
    expect(await listed('archived')).toContain(story.task);
    expect(await listed('all')).toEqual(expect.arrayContaining([story.task, other]));
    await story.order('restore', 'restore');
    expect(await listed()).toContain(story.task);
    expect(await story.eventKinds()).toEqual(['task-created', 'task-archived', 'task-restored']);
  });

  it('does not take a task that is not at rest', async () => {
    await story.order('start');
    const refused = { ok: false, problem: { code: 'wrong-state' } };
    expect(await story.rig.coordinator.order(story.task, 'archive')).toMatchObject(refused);
    await story.beatUntil('running');
    expect(await story.rig.coordinator.order(story.task, 'archive')).toMatchObject(refused);
    expect(story.row().archivedAt).toBeNull();
  });

  it('gives a task back that is started, and its next run goes on from the last', async () => {
    story.rig.gate.open();
    await story.order('start');
    await story.beatUntil('complete');
    await story.order('archive');
    expect(await story.order('start')).toMatchObject({ archivedAt: null, run: { number: 1 } });
    expect(await listed()).toContain(story.task);
    await story.beatUntil('complete');
  });
});
