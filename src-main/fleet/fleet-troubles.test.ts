import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Beat } from '../../src-shared/contract/fleet.ts';
import { addsUp } from '../../src-shared/model/counts.ts';
import { noLive } from '../../src-shared/model/live.ts';
import { failed, ProblemError } from '../../src-shared/model/problem.ts';
import { RESULTS_A_BEAT } from './agent/held-unit.ts';
import { Story } from './story.ts';

const RESULT: Beat['units'][number]['results'][number] = {
  seq: 1,
  item: 99,
  parent: 1,
  name: 'x',
  kind: 'file',
  size: 1,
  modified: 1,
  outcome: 'copied',
  findings: [],
};

let story: Story;
beforeAll(async () => {
  story = await Story.begin();
});
beforeEach(() => story.anew());
afterAll(() => story.rig.close());

describe('what cannot be opened', () => {
  it('ends the run with its reason, and the next run may be better', async () => {
    const { openSource } = story.rig.openers;
    story.rig.openers.openSource = async () => failed('source-missing', { where: '/share' });
    await story.order('start');
    const ended = await story.beatUntil('failed');
    expect(ended.reason).toEqual({ code: 'source-missing', where: '/share' });
    expect(story.rig.coordinator.overview().attention).toContainEqual({
      code: 'source-missing',
      items: 0,
      bytes: 0,
      tasks: [story.task],
    });
    story.rig.openers.openSource = openSource;
    story.rig.gate.open();
    await story.order('start');
    await story.beatUntil('complete');
  });

  it('is tried again while it may pass by itself', async () => {
    const { openDestination } = story.rig.openers;
    let tries = 0;
    story.rig.openers.openDestination = async (given) => {
      tries += 1;
      return tries < 4 ? failed('service-unreachable') : openDestination(given);
    };
    story.rig.gate.open();
    await story.order('start');
    await story.beatUntil('complete');
    expect(tries).toBe(4);
  });

  it('is told when it is the journal; under one that was begun anew the run goes on with what the destination has', async () => {
    const { openJournal } = story.rig.openers;
    story.rig.openers.openJournal = async () => failed('store-disk-full');
    await story.order('start');
    expect((await story.beatUntil('failed')).reason?.code).toBe('store-disk-full');

    story.rig.openers.openJournal = openJournal;
    await story.startAndCopyTwo();
    await story.rig.loseJournal(story.task);
    story.rig.startAgent();
    story.rig.gate.open();
    const { counts } = await story.beatUntil('complete');
    expect(counts.byOutcome.copied.files).toBe(story.rig.files);
    expect(addsUp(counts, true)).toBe(true);
  });
});

describe('what cannot be closed', () => {
  it('is told as a mistake of the program, and keeps nothing else open', async () => {
    const { openDestination, openJournal } = story.rig.openers;
    const closed: string[] = [];
    story.rig.openers.openDestination = async (given) => {
      const opened = await openDestination(given);
      const close = () => Promise.reject(new Error('no end'));
      return opened.ok ? { ok: true, value: Object.assign(opened.value, { close }) } : opened;
    };
    story.rig.openers.openJournal = async (given) => {
      const opened = await openJournal(given);
      if (!opened.ok) return opened;
      const { journal } = opened.value;
      const close = async () => {
        await journal.close();
        closed.push(given.id);
      };
      return { ok: true, value: { ...opened.value, journal: { ...journal, close } } };
    };
    story.rig.gate.open();
    await story.order('start');
    await story.beatUntil('complete');
    await story.beatUntil(() => story.rig.bugs.length > 0);
    expect(story.rig.bugs.splice(0)).toEqual([new Error('no end')]);
    expect(closed).toEqual([story.task]);
  });
});

describe('a journal that fails under way', () => {
  it('ends the run with its reason', async () => {
    const { openJournal } = story.rig.openers;
    let full = false;
    story.rig.openers.openJournal = async (given) => {
      const opened = await openJournal(given);
      if (!opened.ok) return opened;
      const { journal } = opened.value;
      const acknowledge = async (upTo: number) => {
        if (full) throw new ProblemError({ code: 'store-disk-full', where: 'journal' });
        await journal.acknowledge(upTo);
      };
      return { ok: true, value: { ...opened.value, journal: { ...journal, acknowledge } } };
    };
    await story.startAndCopyTwo();
    full = true;
    story.rig.gate.give(1);
    expect((await story.beatUntil('failed')).reason).toMatchObject({
      code: 'store-disk-full',
      where: 'journal',
    });
  });

  it('ends it also when there is more to tell than fits into a beat', async () => {
    const { openJournal } = story.rig.openers;
    const rows = Array.from({ length: RESULTS_A_BEAT }, (_, index) => ({
      ...RESULT,
      seq: index + 1,
      item: index + 2,
      outcome: 'copied' as const,
      grade: undefined,
      destinationName: undefined,
    }));
    story.rig.openers.openJournal = async (given) => {
      const opened = await openJournal(given);
      if (!opened.ok) return opened;
      const acknowledge = async () => {
        throw new ProblemError({ code: 'store-disk-full', where: 'journal' });
      };
      const journal = { ...opened.value.journal, outbox: async () => rows, acknowledge };
      return { ok: true, value: { ...opened.value, journal } };
    };
    await story.order('start');
    story.rig.gate.open();
    expect((await story.beatUntil('failed')).reason).toMatchObject({
      code: 'store-disk-full',
      where: 'journal',
    });
  });
});

describe('a journal that lost its end with the power', () => {
  it('tells results under numbers that were not used before it: each of them is counted', async () => {
    await story.startAndCopyTwo();
    await story.rig.keepJournal(story.task);
    story.rig.gate.give(1);
    await story.beatUntil(({ counts }) => counts.byOutcome.copied.files === 4);
    await story.rig.cutJournalBack(story.task);
    await expectAllCounted();
  });

  it('does so too when it lost even the beginning of the run', async () => {
    await story.startAndCopyTwo();
    await story.order('stop');
    await story.beatUntil('stopped');
    await story.rig.keepJournal(story.task);
    await story.startAndCopyTwo();
    await story.rig.cutJournalBack(story.task);
    await expectAllCounted();
  });

  /** Starts again and copies the rest, the last files first: they get their numbers in another order than before. */
  async function expectAllCounted(): Promise<void> {
    const { openJournal } = story.rig.openers;
    story.rig.openers.openJournal = async (given) => {
      const opened = await openJournal(given);
      if (!opened.ok) return opened;
      const { journal } = opened.value;
      const takeFiles = async () => (await journal.takeFiles(100)).toReversed();
      return { ok: true, value: { ...opened.value, journal: { ...journal, takeFiles } } };
    };
    story.rig.startAgent();
    story.rig.gate.open();
    const ended = await story.beatUntil(({ state }) => state === 'complete' || state === 'failed');
    expect(ended).toMatchObject({ state: 'complete', reason: null });
    expect(ended.counts.byOutcome.copied.files).toBe(story.rig.files);
  }
});

describe('a coordinator whose disk is full', () => {
  it('ends the run with its reason, and goes on with it when it is started again with room', async () => {
    let full = false;
    story.rig.wrapResults = (results) => ({
      ...results,
      take: async (...told) => {
        if (full) throw new ProblemError({ code: 'store-disk-full', where: 'results' });
        return results.take(...told);
      },
    });
    await story.startAndCopyTwo();
    full = true;
    story.rig.gate.give(1);
    expect((await story.beatUntil('failed')).reason).toMatchObject({
      code: 'store-disk-full',
      where: 'results',
    });
    await story.rig.beat();
    full = false;
    story.rig.gate.open();
    await story.order('start');
    expect((await story.beatUntil('complete')).counts.found.files).toBe(story.rig.files);
  });

  it('writes the end of that run down as soon as it can, so that it is over on disk as well', async () => {
    let full = false;
    const orRefuse = async <T>(call: () => Promise<T>): Promise<T> => {
      if (full) throw new ProblemError({ code: 'store-disk-full' });
      return call();
    };
    story.rig.wrapResults = (results) => ({
      ...results,
      take: (...told) => orRefuse(() => results.take(...told)),
    });
    await story.startAndCopyTwo();
    const { store } = story.rig;
    const { setRunState } = store;
    store.setRunState = (...given) => orRefuse(() => setRunState(...given));
    full = true;
    story.rig.gate.give(1);
    const lost = (await story.beatUntil('failed')).run?.id ?? '';
    expect(await store.run(lost)).toMatchObject({ state: 'running', endedAt: null });
    // Whoever asks for its account hears how it ended, though the disk does not know.
    expect(await story.rig.coordinator.account(lost)).toMatchObject({ value: { run: { state: 'failed' } } });
    await story.rig.beat();
    full = false;
    story.rig.gate.open();
    await story.order('start');
    expect(await store.run(lost)).toMatchObject({
      state: 'failed',
      endedAt: expect.any(Number),
      problem: { code: 'store-disk-full' },
    });
    await story.beatUntil('complete');
    store.setRunState = setRunState;
  });
});

describe('fencing', () => {
  /** A beat as the agent sends it, changed. */
  const beatLike = (change: Partial<Beat['units'][number]>, beat: Partial<Beat> = {}): Beat => {
    const last = story.rig.sent.at(-1);
    const claim = last?.units[0];
    if (last === undefined || claim === undefined) throw new Error('no unit was told of');
    return { ...last, number: last.number + 1, ...beat, units: [{ ...claim, ...change }] };
  };
  const answer = async (beat: Beat) => {
    const answered = await story.rig.coordinator.fleet.beat(beat);
    if (!answered.ok) throw new Error(answered.problem.code);
    return answered.value;
  };

  beforeEach(async () => {
    await story.startAndCopyTwo();
  });

  it.each([
    ['an older epoch', { epoch: 7 }, {}],
    ['another machine', {}, { machine: 'machine-two' }],
  ] as const)('results of %s are refused, and so is its end', async (_, change, beat) => {
    const before = story.row();
    const given = beatLike({ ...change, end: { how: 'done' }, results: [{ ...RESULT, seq: 9_000 }] }, beat);
    const { units } = await answer(given);
    expect(units).toMatchObject([{ held: false, acknowledged: 0 }]);
    expect(story.row().state).toBe('running');
    expect(story.row().counts).toEqual(before.counts);
  });

  it('a process that was replaced is told so, and cannot take the unit back', async () => {
    const old = beatLike({});
    await story.rig.killAgent();
    story.rig.startAgent();
    await story.rig.beat();
    expect((await story.unit()).epoch).toBe(2);
    expect(await answer({ ...old, freeSlots: 3 })).toMatchObject({ granted: [], units: [{ held: false }] });
    expect((await story.unit()).epoch).toBe(2);
  });

  it('missing results end the run: its accounts could not be right any more', async () => {
    const { units } = await answer(beatLike({ results: [{ ...RESULT, seq: 500 }] }));
    expect(units).toMatchObject([{ held: false, ended: true }]);
    expect(story.row()).toMatchObject({ state: 'failed', reason: { code: 'store-corrupt' } });
  });

  it('an end is not taken before every result of its beat is', async () => {
    const { acknowledged = 0 } = story.rig.answers.at(-1)?.units[0] ?? {};
    const results = [1, 3].map((more) => ({ ...RESULT, seq: acknowledged + more }));
    const { units } = await answer(beatLike({ end: { how: 'stopped' }, results }));
    expect(units).toMatchObject([{ held: true, ended: false, acknowledged: acknowledged + 1 }]);
    expect(story.row().state).toBe('running');
  });

  it('an end that does not fit to the results is a failure of the program, and says so', async () => {
    await answer(beatLike({ end: { how: 'done' }, results: [] }));
    expect(story.row()).toMatchObject({ state: 'failed', reason: { code: 'unexpected' } });
  });

  it('what is no beat is refused', async () => {
    const beat = beatLike({ live: { ...noLive('copying'), slots: -1 } });
    expect(await story.rig.coordinator.fleet.beat(beat)).toMatchObject({ problem: { code: 'bad-request' } });
  });

  it('no longer than a lease without an answer, the agent writes nothing more', async () => {
    await story.rig.stopCoordinator();
    for (let second = 0; second < 24; second += 1) await story.rig.beat();
    expect(story.rig.agent.trouble?.code).toBe('service-unreachable');
    story.rig.now += 5_000;
    story.rig.agent.tick();
    expect(story.rig.mayWrite()).toBe(false);
    await story.rig.startCoordinator();
    await story.rig.beat();
    await story.rig.beat();
    expect(story.rig.mayWrite()).toBe(true);
    story.rig.gate.open();
    await story.beatUntil('complete');
    expect((await story.unit()).epoch).toBe(1);
  });
});
