import { describe, expect, it } from 'vitest';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import { withPatience } from './patience.ts';

function clock(signal = new AbortController().signal) {
  const time = { now: 0, pauses: [] as number[] };
  return {
    time,
    clock: {
      now: () => time.now,
      sleep: async (ms: number) => {
        time.pauses.push(ms);
        time.now += ms;
      },
      signal,
    },
  };
}

describe('opening with patience', () => {
  it('tells at once what will not pass by itself', async () => {
    const { time, clock: given } = clock();
    const result = await withPatience(async () => failed('source-missing'), given);
    expect(result.ok).toBe(false);
    expect(time.pauses).toEqual([]);
  });

  it('tries again, more and more slowly, what may pass', async () => {
    const { time, clock: given } = clock();
    const answers: Result<string>[] = [
      failed('sign-in-unreachable'),
      failed('service-unreachable'),
      ok('here'),
    ];
    expect(await withPatience(async () => answers.shift() ?? ok('?'), given)).toEqual(ok('here'));
    expect(time.pauses).toEqual([1_000, 2_000]);
  });

  it('gives up after five minutes', async () => {
    const { time, clock: given } = clock();
    expect(await withPatience(async () => failed('service-unreachable'), given)).toEqual(
      failed('service-unreachable'),
    );
    expect(time.now).toBeLessThanOrEqual(300_000);
    expect(time.now).toBeGreaterThan(250_000);
  });

  it('ends when nobody wants it any more', async () => {
    const ended = new AbortController();
    ended.abort();
    const { time, clock: given } = clock(ended.signal);
    await withPatience(async () => failed('service-unreachable'), given);
    expect(time.pauses).toEqual([]);
  });
});
