import { describe, expect, it } from 'vitest';
import { Gate } from './gate.ts';
import type { Time } from './time.ts';

/** Time that passes only when somebody sleeps. */
function standingTime(random = 0): Time & { at: number; slept: number[] } {
  const time = {
    at: 1_000_000,
    slept: [] as number[],
    now: () => time.at,
    random: () => random,
    sleep: (ms: number) => {
      time.slept.push(ms);
      time.at += ms;
      return Promise.resolve();
    },
  };
  return time;
}

describe('Gate', () => {
  it('lets everything through at once while it is open', () => {
    const gate = new Gate(standingTime());
    expect(gate.pass({})).toBeUndefined();
    expect(gate.closedUntil).toBeNull();
  });

  it('holds everybody until the time is over, with jitter for the machine', async () => {
    const time = standingTime(0.5);
    const gate = new Gate(time);
    gate.close(10_000);
    expect(gate.closedUntil).toBe(1_000_000 + 10_000 + 500 + 20);
    const waits: unknown[] = [];
    expect(await gate.pass({ onWait: (wait) => waits.push(wait) })).toBe(true);
    expect(time.slept).toEqual([10_520]);
    expect(waits).toEqual(['throttled', undefined]);
    expect(gate.pass({})).toBeUndefined();
  });

  it('lets a crowd through one by one, and not a few', async () => {
    const time = standingTime(0.5);
    const slept = (waiting: number): number[] => {
      const asked: number[] = [];
      const sleep = (ms: number): Promise<void> => {
        asked.push(ms);
        return new Promise(() => undefined);
      };
      const gate = new Gate({ ...time, sleep });
      gate.close(10_000);
      for (let i = 0; i < waiting; i++) void gate.pass({});
      return asked;
    };
    expect(new Set(slept(32))).toEqual(new Set([10_520]));
    expect(slept(40).slice(32)).toEqual(Array.from({ length: 8 }, () => 11_020));
  });

  it('keeps the longest order', () => {
    const gate = new Gate(standingTime());
    gate.close(10_000);
    gate.close(1_000);
    expect(gate.closedUntil).toBe(1_010_020);
    gate.close(20_000);
    expect(gate.closedUntil).toBe(1_020_020);
  });

  it('holds on when it is closed again meanwhile', async () => {
    const time = standingTime();
    const gate = new Gate(time);
    gate.close(1_000);
    const passed = gate.pass({});
    gate.close(5_000);
    expect(await passed).toBe(true);
    expect(time.at).toBeGreaterThanOrEqual(1_005_020);
  });

  it('lets go of who was told to stop', async () => {
    const time = standingTime();
    const gate = new Gate({ ...time, sleep: () => Promise.resolve() });
    gate.close(1_000);
    expect(await gate.pass({ signal: AbortSignal.abort() })).toBe(false);
  });
});
