import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failed } from '../../src-shared/model/problem.ts';
import { BlockedNames } from './blocked-names.ts';
import { EngineRig } from './engine-rig.ts';

const MINUTE = 60_000;

it('a blocked name is tried again with longer pauses, for twenty minutes', () => {
  const names = new BlockedNames();
  const pauses: number[] = [];
  let now = 0;
  for (let pause = names.pause(7, now); pause !== undefined; pause = names.pause(7, now)) {
    pauses.push(pause);
    now += pause;
  }
  expect(pauses.slice(0, 6)).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000]);
  expect(Math.max(...pauses)).toBe(MINUTE);
  expect(now).toBeGreaterThanOrEqual(20 * MINUTE);
  expect(now).toBeLessThan(22 * MINUTE);
  names.free(7);
  expect(names.pause(7, now)).toBe(2_000);
});

describe('a name that a lost upload holds (stand-in destination)', () => {
  let rig: EngineRig;
  let clock: number;
  let start: number;
  /** Called with each pause, before the clock is turned. */
  let onSleep: (ms: number) => void | Promise<void>;
  beforeEach(async () => {
    rig = await EngineRig.make();
    clock = start = Date.now();
    onSleep = () => undefined;
    rig.env = {
      now: () => clock,
      sleep: async (ms) => {
        await onSleep(ms);
        clock += ms;
        await new Promise((resolve) => setImmediate(resolve));
      },
    };
  });
  afterEach(() => rig.end());

  it('is waited for as long as it takes', async () => {
    await rig.write({ 'a.txt': 'mine', 'b.txt': 'mine', 'empty.txt': '' });
    await rig.destination.loseUpload('a.txt');
    onSleep = () => {
      if (clock > start + 14 * MINUTE) rig.destination.forgetUploads();
    };
    const { items, end } = await rig.run(0);
    expect(end).toEqual({ how: 'done' });
    expect(items).toEqual({
      'a.txt': 'copied identical',
      'b.txt': 'copied identical',
      'empty.txt': 'copied identical',
    });
    expect(clock - start).toBeLessThan(17 * MINUTE);
  });

  it('is given up after twenty minutes, with a code of its own', async () => {
    await rig.write({ 'a.txt': 'mine', 'b.txt': 'mine' });
    await rig.destination.loseUpload('a.txt');
    const { items, end } = await rig.run(0);
    expect(end).toEqual({ how: 'done' });
    expect(items).toEqual({ 'a.txt': 'failed name-blocked-by-lost-upload', 'b.txt': 'copied identical' });
    expect(clock - start).toBeGreaterThan(20 * MINUTE);
    expect(clock - start).toBeLessThan(22 * MINUTE);
  });

  it('holds up no other file, not even with a single lane, and says what is waited for', async () => {
    const others = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`f${i}`, `${i}`]));
    await rig.write({ ...others, 'a.txt': 'mine' });
    rig.settings = { parallelFiles: 1 };
    await rig.destination.loseUpload('a.txt');
    const seen: { readonly copied: number; readonly waited: number }[] = [];
    const { items } = await rig.run(0, (unit) => {
      onSleep = async (ms) => {
        if (ms < 4_000) return;
        // Nothing else is left to do while it sleeps: the lane was free for the others.
        await until(() => rig.destination.items.size === 50);
        seen.push({ copied: rig.destination.items.size, waited: unit.live().waits['name-blocked'] });
        if (seen.length === 3) rig.destination.forgetUploads();
      };
    });
    expect(items['a.txt']).toBe('copied identical');
    expect(seen.map(({ copied }) => copied)).toEqual([50, 50, 50]);
    expect(seen[2]?.waited).toBeGreaterThanOrEqual(2_000 + 4_000 + 8_000);
  });

  it('costs the file none of its tries', async () => {
    await rig.write({ 'a.txt': 'mine' });
    await rig.destination.loseUpload('a.txt');
    let opened = 0;
    onSleep = (ms) => {
      if (ms >= 16_000) rig.destination.forgetUploads();
    };
    rig.wrapSource = (source) => ({
      ...{ root: source.root, probe: () => source.probe(), list: (path: string) => source.list(path) },
      close: () => source.close(),
      open: async (path) => {
        opened += 1;
        // Once the name is free, somebody has the file open, twice.
        return opened === 5 || opened === 6 ? failed('file-in-use') : source.open(path);
      },
    });
    expect((await rig.run(0)).items).toEqual({ 'a.txt': 'copied identical' });
    expect(opened).toBe(7);
  });

  it.each(['finish', 'stop'] as const)('does not hold up the order to %s', async (order) => {
    await rig.write({ 'a.txt': 'mine' });
    await rig.destination.loseUpload('a.txt');
    const asleep = Promise.withResolvers<void>();
    rig.env = {
      sleep: (ms, signal) =>
        new Promise((wake) => {
          signal.addEventListener('abort', () => wake());
          if (ms >= 2_000) asleep.resolve();
        }),
    };
    const { end } = await rig.run(0, async (unit) => {
      await asleep.promise;
      unit.order(order);
    });
    expect(end).toEqual({ how: 'stopped' });
  });

  it('is waited for by a folder as well', async () => {
    await rig.write({ 'a/b.txt': 'mine' });
    let refused = 0;
    rig.destination.fault = (kind) =>
      kind === 'makeFolder' && ++refused <= 8 ? { code: 'name-blocked-by-lost-upload' } : undefined;
    expect((await rig.run(0)).items).toEqual({ a: 'copied present', 'a/b.txt': 'copied identical' });
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
