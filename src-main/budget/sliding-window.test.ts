import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlidingWindow } from './sliding-window.ts';

const WINDOW = 60_000;

describe('SlidingWindow', () => {
  it('counts what was spent until all of its slot is out', () => {
    const window = new SlidingWindow(WINDOW);
    window.add(3, 500);
    window.add(4, 30_000);
    expect(window.used(30_000)).toBe(7);
    expect(window.used(60_749)).toBe(7);
    expect(window.used(60_750)).toBe(4);
    expect(window.used(200_000)).toBe(0);
  });

  it('says when little enough is left', () => {
    const window = new SlidingWindow(WINDOW);
    window.add(3, 0);
    window.add(4, 10_000);
    expect(window.downTo(7, 10_000)).toBe(10_000);
    expect(window.downTo(4, 10_000)).toBe(60_250);
    expect(window.downTo(0, 10_000)).toBe(70_250);
    expect(window.oldestEnds(10_000)).toBe(60_250);
  });

  it('takes back the latest first', () => {
    const window = new SlidingWindow(WINDOW);
    window.add(3, 0);
    window.add(4, 10_000);
    window.remove(5);
    expect(window.used(10_000)).toBe(2);
    expect(window.used(60_250)).toBe(0);
    window.remove(9);
    expect(window.used(60_250)).toBe(0);
  });

  it('never counts less than what was spent within the window, whatever the clock does', () => {
    const step = fc.record({
      after: fc.integer({ min: -5_000, max: 40_000 }),
      amount: fc.integer({ min: 0, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const window = new SlidingWindow(WINDOW);
        const spent: { at: number; amount: number }[] = [];
        let now = 1_000_000;
        let latest = now;
        for (const { after, amount } of steps) {
          // Set back: what was counted at a later time stays counted.
          now += after;
          latest = Math.max(latest, now);
          window.add(amount, now);
          spent.push({ at: now, amount });
          const within = spent.filter(({ at }) => at > latest - WINDOW);
          expect(window.used(now)).toBeGreaterThanOrEqual(within.reduce((sum, one) => sum + one.amount, 0));
        }
      }),
    );
  });
});
