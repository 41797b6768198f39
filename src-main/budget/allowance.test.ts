import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SpreadAllowance } from './allowance.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('SpreadAllowance', () => {
  it('gives the first half as fast as it is wanted', () => {
    const allowance = new SpreadAllowance({ amount: 1_000, windowMs: HOUR });
    for (let i = 0; i < 50; i++) expect(allowance.book(10, 5_000)).toBe(5_000);
    expect(allowance.book(10, 5_000)).toBe(5_000);
    expect(allowance.book(10, 5_000)).toBeGreaterThan(5_000);
  });

  it('spreads the rest of a day over the rest of the day: the smallest tenant never stands still for hours', () => {
    const allowance = new SpreadAllowance({ amount: 1_200_000, windowMs: DAY });
    let now = 0;
    let longest = 0;
    const byHour: number[] = [];
    while (now < 3 * DAY) {
      // 250 units at a time: twelve seconds at 1,250 a minute, which is all that the service lets through.
      const at = Math.max(allowance.book(250, now), now + 12_000);
      longest = Math.max(longest, at - now);
      byHour[Math.floor(at / HOUR)] = (byHour[Math.floor(at / HOUR)] ?? 0) + 250;
      now = at;
    }
    expect(longest).toBeLessThan(7 * 60_000);
    const days = [0, 1, 2].map((day) => byHour.slice(24 * day, 24 * day + 24).reduce((sum, n) => sum + n, 0));
    for (const spent of days) expect(spent).toBeLessThanOrEqual(1_200_000);
    for (const spent of days) expect(spent).toBeGreaterThan(1_050_000);
  });

  it('takes back what was not spent', () => {
    const allowance = new SpreadAllowance({ amount: 100, windowMs: HOUR });
    allowance.book(40, 0);
    allowance.refund(40);
    expect(allowance.used(0)).toBe(0);
    expect(allowance.book(50, 0)).toBe(0);
  });

  it('lets through at last what is larger than the allowance', () => {
    const allowance = new SpreadAllowance({ amount: 100, windowMs: HOUR });
    allowance.book(10, 0);
    const at = allowance.book(5_000, 0);
    expect(at).toBeGreaterThan(0);
    expect(at).toBeLessThan(2 * HOUR);
  });

  it('never spends more than there is within any window, and in the order of asking', () => {
    const steps = fc.array(
      fc.record({ after: fc.integer({ min: 0, max: HOUR / 6 }), amount: fc.integer({ min: 1, max: 60 }) }),
      { minLength: 1, maxLength: 150 },
    );
    fc.assert(
      fc.property(steps, (wishes) => {
        const allowance = new SpreadAllowance({ amount: 100, windowMs: HOUR });
        let now = 0;
        const spent: { at: number; amount: number }[] = [];
        for (const { after, amount } of wishes) {
          now += after;
          const at = allowance.book(amount, now);
          expect(at).toBeGreaterThanOrEqual(Math.max(now, spent.at(-1)?.at ?? 0));
          spent.push({ at, amount });
        }
        for (const { at: end } of spent) {
          const within = spent.filter(({ at }) => at > end - HOUR && at <= end);
          expect(within.reduce((sum, one) => sum + one.amount, 0)).toBeLessThanOrEqual(100);
        }
      }),
    );
  });
});
