import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyCounts } from '../../src-shared/model/counts.ts';
import { Story, WAIT } from './story.ts';

let story: Story;
beforeAll(async () => {
  story = await Story.begin();
});
beforeEach(() => story.anew());
afterAll(() => story.rig.close());

describe('a run from start to end', () => {
  it('waits, is granted, runs, is complete, and its story is told', async () => {
    expect(story.row()).toMatchObject({ state: 'ready', run: null, progress: null, live: null });
    expect((await story.order('start')).state).toBe('waiting');
    story.rig.gate.give(4);
    const running = await story.beatUntil(({ counts }) => counts.byOutcome.copied.files > 0);
    expect(running).toMatchObject({ state: 'running', live: { phase: 'copying' } });
    expect(running.progress).toBeGreaterThan(0);
    expect(running.progress).toBeLessThan(1);
    story.rig.gate.open();
    const done = await story.beatUntil('complete');
    expect(done).toMatchObject({ progress: 1, live: null, sample: null, eta: null, reason: null });
    expect(done.run?.endedAt).toBeGreaterThan(done.run?.startedAt ?? 0);
    expect(await story.unit()).toMatchObject({ state: 'done', epoch: 1, leaseUntil: null });
    expect(await story.eventKinds()).toEqual(['task-created', 'run-started', 'run-ended']);
  });

  it('is followed by the next run, numbered on, with accounts of its own', async () => {
    story.rig.gate.open();
    await story.order('start');
    await story.beatUntil('complete');
    expect((await story.order('start')).run?.number).toBe(1);
    expect(story.row().counts).toEqual(emptyCounts());
    await story.beatUntil('complete');
    const runs = await story.rig.coordinator.runs(story.task);
    expect(runs.map(({ run, counts }) => [run.number, counts.found.files])).toEqual([
      [1, story.rig.files],
      [0, story.rig.files],
    ]);
  });

  it('gives one unit at a time to a machine, the oldest run first', async () => {
    const second = (await story.rig.addTask()).id;
    await story.order('start');
    story.rig.now += 1;
    await story.rig.coordinator.order(second, 'start');
    await story.rig.beat();
    await story.rig.beat();
    const states = () =>
      [story.task, second].map((id) => {
        const one = story.rig.coordinator.task(id);
        return one.ok && one.value.state;
      });
    expect(states()).toEqual(['running', 'waiting']);
    story.rig.gate.open();
    await story.beatUntil('complete');
    await vi.waitFor(async () => {
      await story.rig.beat();
      expect(states()).toEqual(['complete', 'complete']);
    }, WAIT);
  });
});

describe('pausing', () => {
  it('frees the slot when all is told, and resuming goes on from the journal with the next epoch', async () => {
    await story.startAndCopyTwo();
    expect((await story.order('pause')).state).toBe('pausing');
    const paused = await story.beatUntil('paused');
    expect(await story.unit()).toMatchObject({ state: 'free', holder: 'machine-one', leaseUntil: null });
    expect(story.rig.coordinator.overview().agents).toContainEqual(
      expect.objectContaining({ machine: 'machine-one', state: 'paused' }),
    );
    story.rig.gate.open();
    await story.rig.beat();
    expect(story.row().counts).toEqual(paused.counts);

    expect((await story.order('resume')).state).toBe('waiting');
    const done = await story.beatUntil('complete');
    expect(done.counts.byOutcome.copied.files).toBe(story.rig.files);
    expect((await story.unit()).epoch).toBe(2);
    expect(await story.eventKinds()).toEqual([
      'task-created',
      'run-started',
      'run-ordered',
      'run-paused',
      'run-ordered',
      'run-ended',
    ]);
  });

  it('of a run that waits is in force at once', async () => {
    expect((await story.order('start', 'pause')).state).toBe('paused');
    await story.rig.beat();
    expect((await story.unit()).epoch).toBe(0);
    story.rig.gate.open();
    await story.order('resume');
    await story.beatUntil('complete');
  });

  it('that is taken back before it is in force changes nothing', async () => {
    await story.order('start');
    await story.beatUntil('running');
    expect((await story.order('pause', 'resume')).state).toBe('running');
    story.rig.gate.open();
    await story.beatUntil('complete');
    expect((await story.unit()).epoch).toBe(1);
  });

  it('comes into force when the agent is gone, by its restart or by the end of its lease', async () => {
    await story.order('start');
    await story.beatUntil('running');
    await story.order('pause');
    await story.rig.killAgent();
    story.rig.startAgent();
    await story.rig.beat();
    expect(story.row().state).toBe('paused');

    await story.order('resume');
    await story.beatUntil('running');
    await story.order('pause');
    await story.rig.killAgent();
    story.rig.now += 60_000;
    story.rig.startAgent('machine-two');
    await story.rig.beat();
    expect(story.row().state).toBe('paused');
  });
});

describe('stopping', () => {
  it.each(['finish', 'stop'] as const)('with %s ends the run and keeps what was done', async (how) => {
    await story.startAndCopyTwo();
    expect((await story.order(how)).state).toBe('stopping');
    const stopped = await story.beatUntil('stopped');
    expect(stopped.reason?.code).toBe('stopped-by-you');
    expect(stopped.counts.byOutcome.copied.files).toBeGreaterThan(0);
    expect(story.rig.answers.flatMap(({ units }) => units).some(({ order: told }) => told === how)).toBe(
      true,
    );
  });

  it('can be made harder, and not softer', async () => {
    await story.order('start');
    await story.beatUntil('running');
    await story.order('finish', 'stop');
    expect(await story.rig.coordinator.order(story.task, 'finish')).toMatchObject({
      problem: { code: 'wrong-state' },
    });
    await story.beatUntil('stopped');
  });

  it('goes on over a restart of the agent: its last results are told, and nothing more is done', async () => {
    await story.startAndCopyTwo();
    story.rig.gate.give(1);
    // Two more files are in the journal, and their results never left the agent.
    await vi.waitFor(() => expect(story.rig.engines.at(-1)?.live().requests).toBe(4), WAIT);
    await story.order('finish');
    await story.rig.killAgent();
    story.rig.startAgent();
    const stopped = await story.beatUntil('stopped');
    expect(stopped.counts.byOutcome.copied.files).toBe(4);
    expect(story.rig.engines.filter((engine) => engine.task === story.task)).toHaveLength(1);
  });

  it('ends when the machine is not heard of any more', async () => {
    await story.order('start');
    await story.beatUntil('running');
    await story.order('stop');
    await story.rig.killAgent();
    story.rig.now += 31_000;
    story.rig.startAgent('machine-two');
    await story.rig.beat();
    expect(story.row().state).toBe('stopped');
  });
});

describe('orders that make no sense', () => {
  it.each(['pause', 'resume', 'finish', 'stop'] as const)(
    '%s before any run is refused with the state',
    async (one) => {
      expect(await story.rig.coordinator.order(story.task, one)).toMatchObject({
        ok: false,
        problem: { code: 'wrong-state', detail: 'ready' },
      });
    },
  );

  it('starting twice is refused, and so is an order for no task', async () => {
    await story.order('start');
    expect(await story.rig.coordinator.order(story.task, 'start')).toMatchObject({
      problem: { code: 'wrong-state' },
    });
    expect(await story.rig.coordinator.order('no-such-task', 'start')).toMatchObject({
      problem: { code: 'not-found' },
    });
  });
});

describe('a restart of the coordinator', () => {
  it('loses nothing: tasks, states, accounts, what was spent, and leases', async () => {
    await story.startAndCopyTwo();
    const before = { row: story.row(), overview: story.rig.coordinator.overview() };
    await story.rig.stopCoordinator();
    await story.rig.startCoordinator();
    expect(story.row()).toMatchObject({
      state: 'running',
      counts: before.row.counts,
      progress: before.row.progress,
    });
    expect(story.rig.coordinator.overview()).toMatchObject({
      requests: before.overview.requests,
      counts: before.overview.counts,
      tasks: before.overview.tasks,
    });
    story.rig.gate.open();
    await story.beatUntil('complete');
    expect((await story.unit()).epoch).toBe(1);
    const account = await story.rig.coordinator.account(story.row().run?.id ?? '');
    expect(account).toMatchObject({ ok: true, value: { usage: { requests: story.rig.files } } });
    // What it did over time is in the store, over the restart.
    const pace = account.ok ? account.value.pace : [];
    expect(pace.reduce((sum, { items }) => sum + items, 0)).toBeGreaterThan(0);
  });
});

describe('closing an agent', () => {
  it('comes to a safe point, tells all, and the run goes on with the next start', async () => {
    await story.startAndCopyTwo();
    await story.rig.agent.close();
    expect(story.row().state).toBe('running');
    story.rig.gate.open();
    story.rig.startAgent();
    const done = await story.beatUntil('complete');
    expect(done.counts.byOutcome.copied.files).toBe(story.rig.files);
  });
});

describe('pages of tasks', () => {
  it('come newest first and end', async () => {
    const ids = [story.task];
    for (let more = 0; more < 4; more += 1) ids.unshift((await story.rig.addTask()).id);
    const first = await story.rig.coordinator.tasks({ limit: 3 });
    const second = await story.rig.coordinator.tasks({ cursor: first.cursor ?? '', limit: 3 });
    expect([...first.tasks, ...second.tasks].map((one) => one.task.id).slice(0, ids.length)).toEqual(ids);
    const all = await story.rig.coordinator.tasks({ limit: 200 });
    expect(all.cursor).toBeNull();
  });
});
