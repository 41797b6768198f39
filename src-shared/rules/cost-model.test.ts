import { describe, expect, it } from 'vitest';
import { type CostModel, fitCosts, timeFor } from './cost-model.ts';
import { normal, type Simulated, simulate } from './simulated-run.ts';
import { addStep, noStints, weighed } from './stints.ts';

/** Small, fast, and good enough for a test (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function sizes(random: () => number, count: number, middle: number, spread: number): number[] {
  return Array.from({ length: count }, () => Math.round(middle * Math.exp(normal(random) * spread)));
}

const kinds: Readonly<Record<string, (random: () => number) => number[]>> = {
  'small files': (random) => sizes(random, 3_000, 16e3, 1.5),
  'all sizes': (random) => sizes(random, 1_500, 100e3, 2.5),
  'large files': (random) => sizes(random, 30, 300e6, 1),
  'small files, then a huge one': (random) => [...sizes(random, 3_000, 16e3, 1), 5e9 + random() * 2e10],
  'a huge one, then small files': (random) => [5e9 + random() * 1e10, ...sizes(random, 3_000, 16e3, 1)],
  'from small to large': (random) => sizes(random, 1_500, 100e3, 2.5).sort((a, b) => a - b),
};

/** A machine and a line as they may be: slower or faster than usual, unsteady, now and then slower for minutes. */
function someRun(files: readonly number[], random: () => number): Simulated {
  const perFile = (1 / 40) * Math.exp(normal(random) * 0.8);
  const perByte = (1 / 15e6) * Math.exp(normal(random) * 0.8);
  return { sizes: files, perFile, perByte, noise: 0.3, drift: 0.25 };
}

const CASES = 12;

describe('the time for the rest', () => {
  it.each(Object.keys(kinds))('of %s: the range holds the true end in most runs, from a tenth on', (kind) => {
    let inside = 0;
    let asked = 0;
    for (let seed = 1; seed <= CASES; seed += 1) {
      const random = seeded(seed * 7_919);
      const moments = simulate(someRun(kinds[kind]?.(random) ?? [], random), random);
      for (const share of [0.1, 0.5, 0.9]) {
        const moment = moments[Math.floor(moments.length * share) - 1];
        const costs = moment && fitCosts(weighed(moment.stints));
        if (!moment || !costs) continue;
        const truth = (moments.length - moment.seconds) * 1_000;
        const { least, most } = timeFor(costs, moment.rest);
        asked += 1;
        if (least <= truth && truth <= most) inside += 1;
      }
    }
    expect(asked).toBeGreaterThan(CASES * 2);
    expect(inside / asked).toBeGreaterThan(0.75);
  });

  it('is narrow for more of the same, and wide for what was not seen yet', () => {
    const costs = costsAfter(60, { files: 40, bytes: 40 * 16_000 });
    const same = timeFor(costs, { files: 4_000, bytes: 4_000 * 16_000 });
    expect(same.middle / 1_000).toBeGreaterThan(90);
    expect(same.middle / 1_000).toBeLessThan(110);
    expect(same.most / same.least).toBeLessThan(1.6);
    const huge = timeFor(costs, { files: 1, bytes: 50e9 });
    expect(huge.most / huge.least).toBeGreaterThan(4);
    // 640 KB a second were sent beside everything else: it is never believed that this is all the line can do.
    expect(huge.middle).toBeLessThan((50e9 / 640_000) * 1_000 * 0.5);
  });

  it('is learned from both kinds', () => {
    let stints = noStints;
    for (let second = 0; second < 40; second += 1) {
      const small = second % 2 === 0;
      const done = small ? { files: 50, bytes: 50_000 } : { files: 0, bytes: 20e6 };
      stints = addStep(stints, { ms: 1_000, heldUp: 0, ...done });
    }
    const costs = need(fitCosts(weighed(stints)));
    expect(timeFor(costs, { files: 5_000, bytes: 5e6 }).middle / 1_000).toBeCloseTo(100, -1.3);
    expect(timeFor(costs, { files: 1, bytes: 2e9 }).middle / 1_000).toBeCloseTo(100, -1.3);
  });

  it('forgives a burst and a standstill', () => {
    const calm = timeFor(costsAfter(60, { files: 40, bytes: 640_000 }), { files: 4_000, bytes: 64e6 });
    let stints = stintsAfter(29, { files: 40, bytes: 640_000 });
    stints = addStep(stints, { ms: 1_000, heldUp: 0, files: 2_000, bytes: 32e6 });
    stints = addStep(stints, { ms: 20_000, heldUp: 0, files: 3, bytes: 48_000 });
    for (let second = 0; second < 29; second += 1)
      stints = addStep(stints, { ms: 1_000, heldUp: 0, files: 40, bytes: 640_000 });
    const shaken = timeFor(need(fitCosts(weighed(stints))), { files: 4_000, bytes: 64e6 });
    expect(shaken.middle / calm.middle).toBeGreaterThan(0.8);
    expect(shaken.middle / calm.middle).toBeLessThan(1.25);
  });

  it('is not told before anything was done', () => {
    expect(fitCosts([])).toBeUndefined();
    expect(fitCosts([{ ms: 5_000, files: 0, bytes: 0, weight: 1 }])).toBeUndefined();
  });
});

function stintsAfter(seconds: number, done: { readonly files: number; readonly bytes: number }) {
  let stints = noStints;
  for (let second = 0; second < seconds; second += 1)
    stints = addStep(stints, { ms: 1_000, heldUp: 0, ...done });
  return stints;
}

function costsAfter(seconds: number, done: { readonly files: number; readonly bytes: number }): CostModel {
  return need(fitCosts(weighed(stintsAfter(seconds, done))));
}

function need<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('nothing was fitted');
  return value;
}
