import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeUnderAllowance } from '../../src-shared/rules/time-under-allowance.ts';
import { SpreadAllowance } from './allowance.ts';

const DAY = 86_400_000;
const MOST = 1_000_000;

/** Books pieces as a run would that is held up by nothing else, from `now` on. @returns when the last may be spent */
function spend(allowance: SpreadAllowance, amount: number, now: number): number {
  let at = now;
  for (let left = amount; left > 0; left -= 2_000) at = allowance.book(Math.min(2_000, left), at);
  return at;
}

describe('the time that an allowance leaves', () => {
  it('is about the time that spending it takes', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, fc.double({ min: 0.01, max: 2.5, noNaN: true }), (before, ago, wanted) => {
        const allowance = new SpreadAllowance({ amount: MOST, windowMs: DAY });
        const start = 1_700_000_000_000;
        const spent = spend(allowance, before * MOST, start);
        const now = Math.max(spent, start + ago * DAY * 0.9);
        const [used, freeFrom] = [allowance.used(now), allowance.freeFrom(now)];
        const told = { kind: 'long-units', amount: MOST, windowMs: DAY, used, freeFrom } as const;
        const expected = timeUnderAllowance(wanted * MOST, told, now);
        const real = spend(allowance, wanted * MOST, now) - now;
        expect(Math.abs(expected - real) / DAY).toBeLessThan(0.55);
        if (expected === 0) expect(real / DAY).toBeLessThan(0.05);
      }),
      { numRuns: 60 },
    );
  });
});
