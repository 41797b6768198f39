import { describe, expect, it } from 'vitest';
import { type Gentle, gentleSchema } from '../../../src-shared/model/gentle.ts';
import { failed, ok } from '../../../src-shared/model/problem.ts';
import { parseGentleHours } from '../../../src-shared/rules/gentle-text.ts';
import { sleep } from '../../basics/sleep.ts';
import { openSyntheticSource } from '../synthetic/synthetic-source.ts';
import { GENTLE_PLACES, GentleGate } from './gentle-gate.ts';
import { gentleFullSource } from './gentle-source.ts';

const gentle = (share: number, ...hours: string[]): Gentle =>
  gentleSchema.parse({ share, hours: hours.map((text) => parseGentleHours(text)) });

const turns = async () => {
  for (let i = 0; i < 20; i++) await new Promise<void>((resolve) => setImmediate(resolve));
};

/** A gate whose time passes only when the test says so. It begins at 09:00 on a Wednesday; the wall is that of UTC. */
function held(wishes: Gentle, turnsAway?: (closed: boolean) => boolean) {
  let now = Date.UTC(2026, 6, 15, 9, 0);
  const begin = now;
  const timers = new Set<{ at: number; ring: () => void }>();
  const wait = (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      const timer = { at: now + ms, ring: resolve };
      timers.add(timer);
      signal?.addEventListener('abort', () => {
        timers.delete(timer);
        resolve();
      });
    });
  const gate = new GentleGate({
    gentle: wishes,
    now: () => now,
    clock: (at) => {
      const date = new Date(at);
      return { weekday: date.getUTCDay(), minute: date.getUTCHours() * 60 + date.getUTCMinutes() };
    },
    sleep: wait,
    ...(turnsAway ? { turnsAway } : {}),
  });
  let inFlight = 0;
  const facts = { most: 0, busyMs: 0, done: [] as string[] };
  return {
    gate,
    facts,
    time: () => now - begin,
    call: (name: string, ms: number, of: 'open-file' | 'new' = 'new') =>
      gate.during(of, async () => {
        inFlight += 1;
        facts.most = Math.max(facts.most, inFlight);
        await wait(ms);
        inFlight -= 1;
        facts.busyMs += ms;
        facts.done.push(name);
        return ok(name);
      }),
    /** Lets time pass, one timer after another. */
    async pass(ms: number) {
      const until = now + ms;
      for (;;) {
        await turns();
        const next = [...timers].sort((a, b) => a.at - b.at)[0];
        if (!next || next.at > until) break;
        now = Math.max(now, next.at);
        timers.delete(next);
        next.ring();
      }
      now = until;
    },
    setBack: (ms: number) => {
      now -= ms;
    },
  };
}

describe('a gate for a share of the source', () => {
  it.each([10, 25, 50, 80])(
    'at %d %% the source is asked that share of the time, by few at once',
    async (share) => {
      const { gate, call, pass, facts } = held(gentle(share));
      expect(gate.isGentle).toBe(true);
      for (let i = 0; i < 2_000; i++) void call(`${i}`, i % 3 === 0 ? 40 : 10);
      await pass(10_000);
      expect(facts.most).toBe(GENTLE_PLACES);
      expect(facts.busyMs / 10_000 / GENTLE_PLACES).toBeGreaterThan((share / 100) * 0.97);
      expect(facts.busyMs / 10_000 / GENTLE_PLACES).toBeLessThanOrEqual((share / 100) * 1.03);
    },
  );

  it('a call of 10 ms at 25 % rests 30 ms', async () => {
    const { call, pass, facts } = held(gentle(25));
    for (const name of ['a', 'b', 'c', 'd']) void call(name, 10);
    await pass(10);
    expect(facts.done).toEqual(['a', 'b']);
    await pass(39);
    expect(facts.done).toEqual(['a', 'b']);
    await pass(1);
    expect(facts.done).toEqual(['a', 'b', 'c', 'd']);
  });

  it('saves up rests that are too short for a timer', async () => {
    const { call, pass, facts } = held(gentle(50));
    for (let i = 0; i < 2_000; i++) void call('', 1);
    await pass(1_000);
    expect(facts.busyMs).toBeGreaterThan(970);
    expect(facts.busyMs).toBeLessThan(1_030);
  });

  it('files that are open go before what is not begun', async () => {
    const { call, pass, facts } = held(gentle(50));
    for (const name of ['a', 'b', 'c']) void call(name, 10);
    void call('open', 10, 'open-file');
    await pass(30);
    expect(facts.done.slice(0, 3)).toEqual(['a', 'b', 'open']);
  });

  it('lets everything through at 100 %', async () => {
    const { gate, call, pass, facts } = held(gentle(100));
    expect(gate.isGentle).toBe(false);
    for (let i = 0; i < 100; i++) void call('', 10);
    await pass(10);
    expect(facts.most).toBe(100);
    expect(facts.done).toHaveLength(100);
  });

  it('gives the place on when a call fails or throws', async () => {
    const { gate, call, pass, facts } = held(gentle(50));
    expect(await gate.during('new', async () => failed('read-failed'))).toEqual(failed('read-failed'));
    await expect(gate.during('new', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    for (const name of ['a', 'b']) void call(name, 10);
    await pass(10);
    expect(facts.done).toEqual(['a', 'b']);
  });

  it('a clock that is set back ends a rest and lengthens none', async () => {
    const { call, pass, setBack, facts } = held(gentle(25));
    for (const name of ['a', 'b', 'c']) void call(name, 10);
    await pass(10);
    setBack(3_600_000);
    await pass(3_600_000 + 1_100);
    expect(facts.done).toContain('c');
  });
});

describe('hours', () => {
  it('are waited for, and it is said until when', async () => {
    const { gate, call, pass, facts, time } = held(gentle(100, '08:00-10:00=0'));
    expect(gate.closed).toBeNull();
    const answer = call('a', 10);
    expect(gate.closed).toEqual({ since: Date.UTC(2026, 6, 15, 9, 0), until: Date.UTC(2026, 6, 15, 10, 0) });
    await pass(3_599_000);
    expect(facts.done).toEqual([]);
    await pass(2_000);
    expect(await answer).toEqual(ok('a'));
    expect(time()).toBe(3_601_000);
    expect(gate.closed).toBeNull();
  });

  it('hold for a rest that has begun', async () => {
    const { call, pass, facts } = held(gentle(10, '09:01-24:00=100'));
    for (let i = 0; i < 10; i++) void call('', 30_000);
    await pass(30_000);
    expect(facts.done).toHaveLength(2);
    // The rests would have taken four minutes and a half.
    await pass(62_000);
    expect(facts.done).toHaveLength(10);
  });

  it('that begin let nothing more through', async () => {
    const { call, pass, facts, gate } = held(gentle(100, '09:01-10:00=0'));
    void call('before', 10);
    await pass(59_990);
    void call('across', 1_000);
    await pass(1_000);
    void call('within', 10);
    await pass(600_000);
    expect(facts.done).toEqual(['before', 'across']);
    expect(gate.closed?.until).toBe(Date.UTC(2026, 6, 15, 10, 0));
  });

  it('that somebody changes hold at once', async () => {
    const { gate, call, pass, facts } = held(gentle(100, '08:00-18:00=0'));
    void call('a', 10);
    await pass(5_000);
    gate.change(gentle(100));
    await pass(10);
    expect(facts.done).toEqual(['a']);
  });
});

describe('a source that is spared', () => {
  const options = { seed: 1, files: 300, folders: 20, line: { latencyMs: 1 } };

  it('is asked for everything by few at once, and looked at when it is closed', async () => {
    const gate = new GentleGate({
      gentle: gentle(80),
      now: () => Date.now(),
      clock: () => ({ weekday: 3, minute: 540 }),
      sleep,
      turnsAway: (closed) => closed,
    });
    const line = openSyntheticSource(options, sleep);
    const source = gentleFullSource(line, gate);
    const listAll = () =>
      Promise.all(
        Array.from({ length: 20 }, async () => {
          const codes: string[] = [];
          for await (const batch of source.list('')) codes.push(batch.ok ? 'listed' : batch.problem.code);
          return codes;
        }),
      );
    const rights = () => Promise.all(Array.from({ length: 20 }, () => source.rights('')));
    const [listed, asked] = await Promise.all([listAll(), rights()]);
    expect(listed.flat().every((code) => code === 'listed')).toBe(true);
    expect(asked.every(({ ok: answered }) => answered)).toBe(true);
    expect(line.line.mostInFlight).toBe(GENTLE_PLACES);

    gate.change(gentle(100, '08:00-10:00=0'));
    expect((await listAll()).flat()).toEqual(Array.from({ length: 20 }, () => 'waiting-for-hours'));
    expect(await source.rights('')).toEqual(failed('waiting-for-hours'));
    expect((await source.probe()).ok).toBe(true);
    await source.close();
  });
});

describe('those who are turned away', () => {
  it('hear so at once, whether it rests or is closed', async () => {
    let paused = false;
    const { gate, call, pass, facts } = held(gentle(10), () => paused);
    const answers = ['a', 'b', 'c'].map((name) => call(name, 10));
    paused = true;
    gate.look();
    expect(await answers[2]).toEqual(failed('waiting-for-hours'));
    // Those that are under way come to their end.
    await pass(10);
    expect(facts.done).toEqual(['a', 'b']);
    expect(await call('d', 10)).toEqual(failed('waiting-for-hours'));
    paused = false;
    gate.look();
    void call('e', 10);
    await pass(110);
    expect(facts.done).toEqual(['a', 'b', 'e']);
  });

  it('may be those alone for whom it is closed', async () => {
    const { call, pass, facts } = held(gentle(50, '09:01-10:00=0'), (closed) => closed);
    for (const name of ['a', 'b', 'c']) void call(name, 10);
    await pass(30);
    expect(facts.done).toEqual(['a', 'b', 'c']);
    await pass(60_000);
    expect(await call('d', 10)).toEqual(failed('waiting-for-hours'));
  });
});
