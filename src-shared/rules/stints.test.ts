import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addStep, heldUpShare, noStints, type Step, weighed } from './stints.ts';

const step = fc.record<Step>({
  ms: fc.integer({ min: 1, max: 5_000 }),
  files: fc.nat(50),
  bytes: fc.nat(1_000_000),
  heldUp: fc.constant(0),
});

describe('stints', () => {
  it('are few however long a run is, and lose none of its work', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 500 }), (steps) => {
        const stints = steps.reduce(addStep, noStints);
        const all = [...stints.closed, stints.open];
        expect(all.length).toBeLessThanOrEqual(64);
        for (const of of ['ms', 'files', 'bytes'] as const) {
          const sum = (list: readonly Step[]): number => list.reduce((total, one) => total + one[of], 0);
          expect(sum(all)).toBe(sum(steps));
        }
        expect(stints.closed.every(({ files, bytes }) => files > 0 || bytes > 0)).toBe(true);
      }),
    );
  });

  it('count the newest in full and older ones less, without the time that others ordered', () => {
    let stints = noStints;
    for (let n = 0; n < 60; n += 1)
      stints = addStep(stints, { ms: 60_000, files: 10, bytes: 0, heldUp: n === 59 ? 45_000 : 0 });
    const weights = weighed(stints);
    expect(weights.at(-1)).toEqual({ ms: 15_000, files: 10, bytes: 0, weight: 1 });
    expect(weights[0]?.weight).toBeLessThan(0.1);
  });

  it('tell for which share of the time work was held up, lately and over all', () => {
    let stints = noStints;
    for (let n = 0; n < 40; n += 1)
      stints = addStep(stints, { ms: 1_000, files: 1, bytes: 0, heldUp: n < 30 ? 0 : 800 });
    const { least, most } = heldUpShare(stints);
    expect(most).toBeCloseTo(0.8);
    expect(least).toBeLessThan(0.75);
    expect(heldUpShare(noStints)).toEqual({ least: 0, most: 0 });
  });
});
