import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limitingFactor, waitStates } from './wait.ts';

describe('the limiting factor', () => {
  it.each([
    [{}, 'nothing'],
    [{ idle: 1_000 }, 'nothing'],
    [{ idle: 1_000, reading: 1 }, 'source'],
    [{ listing: 300, reading: 300, sending: 500 }, 'source'],
    [{ opening: 200, committing: 200, sending: 300 }, 'service'],
    [{ throttled: 900, 'backing-off': 100, sending: 300 }, 'throttling'],
    [{ budget: 900, throttled: 300, sending: 300 }, 'budget'],
    [{ hashing: 200, journal: 200, reading: 300 }, 'machine'],
    [{ 'name-blocked': 1_000, idle: 16_000 }, 'blocked-names'],
    [{ 'name-blocked': 1_000, sending: 2_000 }, 'network'],
    [{ paused: 10 }, 'paused'],
  ] as const)('%o -> %s', (times, factor) => {
    expect(limitingFactor(times)).toBe(factor);
  });

  it('is the same for the same shares, however long the period', () => {
    const times = fc.dictionary(fc.constantFrom(...waitStates), fc.nat(10_000));
    fc.assert(
      fc.property(times, fc.integer({ min: 2, max: 50 }), (given, factor) => {
        const longer = Object.fromEntries(Object.entries(given).map(([state, ms]) => [state, ms * factor]));
        expect(limitingFactor(longer)).toBe(limitingFactor(given));
      }),
    );
  });
});
