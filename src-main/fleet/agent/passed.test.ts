import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createPassed } from './passed.ts';

function clocks() {
  const at = { wall: 1_000_000, steady: 5 };
  return { at, passed: createPassed({ now: () => at.wall, steady: () => at.steady }) };
}

it('counts a sleep, which the steady clock did not see', () => {
  const { at, passed } = clocks();
  at.wall += 60_000;
  expect(passed()).toBe(60_000);
});

it('counts what passed while the clock on the wall was set back', () => {
  const { at, passed } = clocks();
  at.wall -= 3_600_000;
  at.steady += 2_000;
  expect(passed()).toBe(2_000);
});

it('is never less than the time that truly passed, and never goes back', () => {
  const step = fc.record({
    ms: fc.nat(20_000),
    awake: fc.boolean(),
    setBy: fc.integer({ min: -50_000, max: 50_000 }),
  });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const { at, passed } = clocks();
      let truly = 0;
      for (const { ms, awake, setBy } of steps) {
        truly += ms;
        at.wall += ms;
        if (awake) {
          at.steady += ms;
          at.wall += setBy;
        }
        const before = passed();
        expect(before).toBeGreaterThanOrEqual(truly);
        expect(passed()).toBe(before);
      }
    }),
  );
});
