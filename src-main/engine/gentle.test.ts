import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addsUp } from '../../src-shared/model/counts.ts';
import type { Gentle } from '../../src-shared/model/gentle.ts';
import { ok } from '../../src-shared/model/problem.ts';
import type { WallTime } from '../../src-shared/rules/gentle.ts';
import { parseGentleHours } from '../../src-shared/rules/gentle-text.ts';
import { sleep } from '../basics/sleep.ts';
import { GENTLE_PLACES } from '../source/gentle/gentle-gate.ts';
import type { Source } from '../source/source.ts';
import { EngineRig } from './engine-rig.ts';
import type { RunningUnit } from './unit.ts';

const FRAGMENT = 327_680;
const WAIT = { timeout: 10_000, interval: 5 };
const content: Record<string, string> = Object.fromEntries(
  Array.from({ length: 40 }, (_, i) => [`d${i % 4}/f${i}`, `content ${i}`]),
);
const gentle = (share: number, ...hours: string[]): Gentle => ({
  share,
  hours: hours.flatMap((text) => parseGentleHours(text) ?? []),
});
const closedUntilTen = gentle(100, '08:00-10:00=0');

let rig: EngineRig;
let wall: WallTime;
let calls: { inFlight: number; most: number; made: number };
beforeEach(async () => {
  wall = { weekday: 3, minute: 540 };
  calls = { inFlight: 0, most: 0, made: 0 };
  rig = await EngineRig.make();
  // By real time: a gate that waits by none would turn and turn.
  rig.env = { sleep, wallClock: () => wall };
  rig.settings = { fragmentBytes: FRAGMENT, parallelFiles: 4 };
  rig.wrapSource = counted;
  await rig.write(content);
  await rig.write({ 'd1/large.bin': 'L'.repeat(5 * FRAGMENT + 3) });
});
afterEach(() => rig.end());

/** Counts the calls that list and read, and how many are made at once. */
function counted(source: Source): Source {
  const during = async <T>(call: () => Promise<T>): Promise<T> => {
    calls.made += 1;
    calls.inFlight += 1;
    calls.most = Math.max(calls.most, calls.inFlight);
    try {
      await sleep(1);
      return await call();
    } finally {
      calls.inFlight -= 1;
    }
  };
  return {
    root: source.root,
    probe: () => source.probe(),
    async *list(path) {
      const batches = source.list(path)[Symbol.asyncIterator]();
      for (;;) {
        const batch = await during(() => batches.next());
        if (batch.done) return;
        yield batch.value;
      }
    },
    async open(path) {
      const opened = await during(() => source.open(path));
      if (!opened.ok) return opened;
      const file = opened.value;
      return ok({
        fingerprint: () => during(() => file.fingerprint()),
        read: (into: Uint8Array, offset: number) => during(() => file.read(into, offset)),
        close: () => file.close(),
      });
    },
    close: () => source.close(),
  };
}

const untilClosed = (unit: RunningUnit) =>
  vi.waitFor(() => expect(unit.live().waitsFor?.code).toBe('waiting-for-hours'), WAIT);

function expectAllCopied({ end, counts }: Awaited<ReturnType<EngineRig['run']>>): void {
  expect(end).toEqual({ how: 'done' });
  expect(counts.byOutcome.copied.files).toBe(41);
  expect(counts.byCode).toEqual({});
  expect(addsUp(counts, true)).toBe(true);
  expect(rig.destination.tree()).toMatchObject(content);
  expect(rig.destination.at('d1/large.bin')).toMatchObject({ size: 5 * FRAGMENT + 3, versions: 1 });
  expect(rig.destination.openSessions).toBe(0);
}

describe('gentle mode (stand-in destination)', () => {
  it('holds for listing and reading alike, and is seen as what limits the run', async () => {
    rig.settings = { ...rig.settings, gentle: gentle(50) };
    let resting = 0;
    const facts = await rig.run(0, async (unit) => {
      await unit.ended;
      resting = unit.live().waits.resting;
    });
    expectAllCopied(facts);
    expect(calls.most).toBe(GENTLE_PLACES);
    expect(resting).toBeGreaterThan(0);
  });

  it('is not there where nobody asked for it', async () => {
    let resting = 0;
    const facts = await rig.run(0, async (unit) => {
      await unit.ended;
      resting = unit.live().waits.resting;
    });
    expectAllCopied(facts);
    expect(calls.most).toBeGreaterThan(GENTLE_PLACES);
    expect(resting).toBe(0);
  });

  it('while the hours say 0 nothing is read and it is said until when; other wishes hold at once', async () => {
    rig.settings = { ...rig.settings, gentle: closedUntilTen };
    const facts = await rig.run(0, async (unit) => {
      await untilClosed(unit);
      // The wall of the test stands still, so nobody knows when it will be ten.
      expect(unit.live().waitsFor?.until).toBeNull();
      expect(calls.made).toBe(0);
      unit.spare(gentle(50));
      await vi.waitFor(() => expect(unit.live().waitsFor).toBeNull(), WAIT);
    });
    expectAllCopied(facts);
  });

  it('stands still from the moment the hours begin until they end, in the middle of files', async () => {
    rig.settings = { ...rig.settings, gentle: gentle(100, '10:00-11:00=0') };
    const facts = await rig.run(0, async (unit) => {
      await vi.waitFor(() => expect(unit.live().bytesSent).toBeGreaterThan(0), WAIT);
      wall = { weekday: 3, minute: 600 };
      await untilClosed(unit);
      await vi.waitFor(() => expect(calls.inFlight).toBe(0), WAIT);
      const { made } = calls;
      await sleep(100);
      expect(calls.made).toBe(made);
      wall = { weekday: 3, minute: 660 };
    });
    expectAllCopied(facts);
  });

  it.each([
    ['it rests', gentle(10, '10:00-11:00=0'), 540],
    ['nothing may be read', closedUntilTen, 540],
  ])('a pause comes at once while %s, and costs nothing', async (_, settings, minute) => {
    wall = { weekday: 3, minute };
    rig.settings = { ...rig.settings, gentle: settings };
    const facts = await rig.run(0, async (unit) => {
      await vi.waitFor(() => expect(unit.live().waits.resting).toBeGreaterThan(0), WAIT);
      unit.order('pause');
      await vi.waitFor(() => expect(unit.state).toBe('paused'), WAIT);
      const { made } = calls;
      await sleep(50);
      expect(calls.made).toBe(made);
      unit.order('work');
      unit.spare(gentle(100));
    });
    expectAllCopied(facts);
  });

  it.each(['stop', 'finish'] as const)('%s ends it at once while nothing may be read', async (order) => {
    rig.settings = { ...rig.settings, gentle: gentle(100, '10:00-11:00=0') };
    const { end, counts } = await rig.run(0, async (unit) => {
      await vi.waitFor(() => expect(unit.live().bytesSent).toBeGreaterThan(0), WAIT);
      wall = { weekday: 3, minute: 600 };
      await untilClosed(unit);
      unit.order(order);
    });
    expect(end).toEqual({ how: 'stopped' });
    expect(addsUp(counts, false)).toBe(true);
    expect(counts.byCode).toEqual({});
    wall = { weekday: 3, minute: 660 };
    expectAllCopied(await rig.run(0));
  });

  it('what is in flight is finished, gently', async () => {
    rig.settings = { ...rig.settings, gentle: gentle(50) };
    const { end, counts } = await rig.run(0, async (unit) => {
      await vi.waitFor(() => expect(unit.live().bytesSent).toBeGreaterThan(0), WAIT);
      unit.order('finish');
    });
    expect(end).toEqual({ how: 'stopped' });
    expect(counts.byCode).toEqual({});
    expectAllCopied(await rig.run(0));
  });
});
