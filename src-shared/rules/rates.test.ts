import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addTick, noRates, type RateWindow, speed } from './rates.ts';

/** A window fed once every `stepMs` with steady speed. */
function steady(seconds: number, files: number, bytes: number, stepMs = 1_000): RateWindow {
  let window = noRates;
  for (let at = 0; at <= seconds * 1_000; at += stepMs) {
    window = addTick(window, { at, files: (files * at) / 1_000, bytes: (bytes * at) / 1_000 });
  }
  return window;
}

describe('speed', () => {
  it('is nothing without history', () => {
    expect(speed(noRates, 5)).toEqual({ filesPerSecond: 0, bytesPerSecond: 0 });
    expect(speed([{ at: 5, files: 1, bytes: 1 }], 5)).toEqual({ filesPerSecond: 0, bytesPerSecond: 0 });
  });

  it.each([100, 250, 1_000, 3_000])('of a steady stream is that of the stream, fed each %d ms', (step) => {
    const measured = speed(steady(60, 20, 5_000, step), 60_000);
    expect(measured.filesPerSecond).toBeCloseTo(20, 6);
    expect(measured.bytesPerSecond).toBeCloseTo(5_000, 6);
  });

  it('falls when nothing comes any more', () => {
    const window = steady(60, 20, 5_000);
    expect(speed(window, 65_000).filesPerSecond).toBeLessThan(20);
    expect(speed(window, 75_000).filesPerSecond).toBe(0);
  });

  it('begins anew when counts fall, as at the beginning of the next run', () => {
    const window = addTick(steady(60, 20, 5_000), { at: 61_000, files: 0, bytes: 0 });
    expect(window).toEqual([{ at: 61_000, files: 0, bytes: 0 }]);
  });
});

describe('the window', () => {
  it('stays small however often it is fed, and never gives a negative speed', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ ms: fc.integer({ min: 0, max: 5_000 }), files: fc.integer({ min: 0, max: 100 }) }),
          {
            maxLength: 600,
          },
        ),
        (steps) => {
          let window = noRates;
          let at = 0;
          let files = 0;
          for (const step of steps) {
            at += step.ms;
            files += step.files;
            window = addTick(window, { at, files, bytes: files });
          }
          expect(window.length).toBeLessThanOrEqual(123);
          expect(speed(window, at).filesPerSecond).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});
