import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sample } from '../../src-shared/contract/console-types.ts';
import { limitingFactors } from '../../src-shared/model/wait.ts';
import { addSample, bandsOf, downsample, factorShares, type Point, pointsOf, tableOf } from './series.ts';

const sample = (at: number, facts: Partial<Sample> = {}): Sample => ({
  at,
  filesPerSecond: 1,
  bytesPerSecond: 1_000,
  limitedBy: 'network',
  ...facts,
});

const samples = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 1, max: 9_000 }),
      filesPerSecond: fc.double({ min: 0, max: 5_000, noNaN: true }),
      limitedBy: fc.constantFrom(...limitingFactors),
    }),
    { maxLength: 1_200 },
  )
  .map((steps) => {
    let at = 0;
    return steps.map(({ gap, ...facts }) => {
      at += gap;
      return sample(at, facts);
    });
  });

describe('points of a chart', () => {
  it('are few, in order, and keep the highest and the lowest', () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 4, max: 600 }), (all, max) => {
        const points: readonly Point[] = all.map(({ at, filesPerSecond }) => ({ at, value: filesPerSecond }));
        const kept = downsample(points, max);
        expect(kept.length).toBeLessThanOrEqual(max);
        const times = kept.map(({ at }) => at);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        const values = (list: readonly Point[]) => list.map(({ value }) => value ?? 0);
        expect(Math.max(...values(kept))).toBe(Math.max(...values(points)));
        expect(Math.min(...values(kept))).toBe(Math.min(...values(points)));
      }),
      { numRuns: 60 },
    );
  });

  it('have a gap where the machine was silent', () => {
    const points = pointsOf([sample(1_000), sample(2_000), sample(60_000)], (one) => one.filesPerSecond);
    expect(points.map(({ value }) => value)).toEqual([1, 1, null, 1]);
  });
});

describe('the ring of samples', () => {
  it('holds the newest, each once', () => {
    let ring: readonly Sample[] = [];
    for (let second = 1; second <= 20; second += 1) ring = addSample(ring, sample(second), 5);
    ring = addSample(ring, sample(20), 5);
    ring = addSample(ring, sample(3), 5);
    expect(ring.map(({ at }) => at)).toEqual([16, 17, 18, 19, 20]);
  });
});

describe('bands of the limiting factor', () => {
  it('follow each other without overlap, and neighbours that touch differ', () => {
    fc.assert(
      fc.property(samples, (all) => {
        const bands = bandsOf(all);
        for (const [index, band] of bands.entries()) {
          expect(band.to).toBeGreaterThanOrEqual(band.from);
          const next = bands[index + 1];
          if (!next) continue;
          expect(next.from).toBeGreaterThanOrEqual(band.to);
          if (next.from === band.to) expect(next.factor).not.toBe(band.factor);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('do not flicker with single seconds', () => {
    const all = Array.from({ length: 40 }, (_, second) =>
      sample(second * 1_000, { limitedBy: second % 7 === 3 ? 'service' : 'network' }),
    );
    expect(bandsOf(all)).toEqual([{ from: 0, to: 39_000, factor: 'network' }]);
  });

  it('have shares that make one', () => {
    const shares = factorShares([sample(1), sample(2), sample(3, { limitedBy: 'source' })]);
    expect(shares.map(({ factor }) => factor)).toEqual(['network', 'source']);
    expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });
});

describe('the table twin', () => {
  it('has means over half minutes, newest first', () => {
    const all = Array.from({ length: 60 }, (_, second) => sample(second * 1_000, { filesPerSecond: second }));
    expect(tableOf(all).map(({ at, filesPerSecond }) => [at, filesPerSecond])).toEqual([
      [30_000, 44.5],
      [0, 14.5],
    ]);
  });
});
