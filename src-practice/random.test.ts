import { describe, expect, it } from 'vitest';
import {
  chance,
  gaussian,
  integerBetween,
  logNormal,
  pick,
  randomBytes,
  seededRandom,
  shuffled,
} from './random.ts';

const many = (draw: () => number, count = 20_000) => Array.from({ length: count }, draw);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('seeded randomness', () => {
  it('repeats itself for a seed, and differs for another', () => {
    expect(many(seededRandom('a'), 50)).toEqual(many(seededRandom('a'), 50));
    expect(many(seededRandom('a'), 50)).not.toEqual(many(seededRandom('b'), 50));
    expect(many(seededRandom(1), 50)).not.toEqual(many(seededRandom(2), 50));
    expect(many(seededRandom(1), 50)).not.toEqual(many(seededRandom(1 + 2 ** 32), 50));
  });

  it('is spread equally over [0, 1)', () => {
    const tenths = new Array<number>(10).fill(0);
    for (const value of many(seededRandom(7))) {
      expect(value >= 0 && value < 1).toBe(true);
      tenths[Math.floor(value * 10)] = (tenths[Math.floor(value * 10)] ?? 0) + 1;
    }
    for (const tenth of tenths) expect(Math.abs(tenth - 2000)).toBeLessThan(200);
  });

  it('makes integers, choices, chances, bell curves and bytes of it', () => {
    const random = seededRandom('helpers');
    expect(new Set(many(() => integerBetween(random, 3, 5), 200))).toEqual(new Set([3, 4, 5]));
    expect(new Set(many(() => pick(random, [1, 2]), 50))).toEqual(new Set([1, 2]));
    expect(() => pick(random, [])).toThrow(RangeError);
    expect(mean(many(() => Number(chance(random, 0.25))))).toBeCloseTo(0.25, 1);
    expect(mean(many(() => gaussian(random)))).toBeCloseTo(0, 1);
    const sorted = many(() => logNormal(random, 1000, 2)).sort((a, b) => a - b);
    expect(Math.abs((sorted[10_000] ?? 0) - 1000)).toBeLessThan(100);
    expect(shuffled(random, [1, 2, 3, 4, 5, 6, 7, 8]).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(randomBytes(random, 1001)).toHaveLength(1001);
    expect(new Set(randomBytes(random, 10_000)).size).toBe(256);
  });
});
