import { describe, expect, it } from 'vitest';
import { type Quota, ToldQuota } from './told-quota.ts';

const MINUTE = 60_000;

function told(quota: Quota): ToldQuota {
  const one = new ToldQuota(MINUTE);
  one.told(quota, 0);
  return one;
}

describe('ToldQuota', () => {
  it('limits nothing before it is told, and nothing while there is plenty', () => {
    expect(new ToldQuota(MINUTE).pause(100, 7)).toBe(0);
    expect(told({ limit: 1_250, remaining: 300, resetMs: 10_000 }).pause(100, 7)).toBe(0);
  });

  /** Milliseconds after two units. */
  const rows: readonly [string, Quota, number][] = [
    ['a bucket: what flows in', { limit: 1_200, remaining: 240, resetMs: 1_000 }, 100],
    [
      'a count that starts anew late: what is left until then',
      { limit: 1_200, remaining: 240, resetMs: 48_000 },
      400,
    ],
    ['a count that starts anew at once: what flows in', { limit: 1_200, remaining: 10, resetMs: 0 }, 100],
    ['nothing left: not before the reset', { limit: 1_200, remaining: 0, resetMs: 30_000 }, 30_000],
  ];
  it.each(rows)('eases off from 80 %% on, %s', (_what, quota, pause) => {
    expect(told(quota).pause(2, 0)).toBeCloseTo(pause, 5);
  });

  it('counts what was spent since, and what has flowed in', () => {
    const quota = told({ limit: 1_200, remaining: 340, resetMs: 1_000 });
    quota.spent(100);
    expect(quota.pause(20, 0)).toBeCloseTo(1_000, 5);
    expect(quota.pause(20, 2_000)).toBe(0);
    quota.spent(140);
    expect(quota.pause(20, 2_000)).toBeCloseTo(1_000, 5);
  });

  it('leaves the others their part: of what is left, and of what is free', () => {
    const plenty = told({ limit: 1_200, remaining: 600, resetMs: 1_000 });
    expect(plenty.pause(20, 0, 0.5)).toBe(0);
    plenty.spent(200);
    expect(plenty.pause(20, 0, 0.5)).toBeCloseTo(1_000, 5);
    expect(plenty.pause(20, 0, 1)).toBe(0);
    expect(told({ limit: 1_200, remaining: 0, resetMs: 30_000 }).pause(2, 0, 0.5)).toBeCloseTo(15_000, 5);
  });
});
