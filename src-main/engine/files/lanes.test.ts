import { describe, expect, it } from 'vitest';
import { lanePaces, laneSizes, largestSmall } from './lanes.ts';

/** Copies with as many at once as there should be, against a service where each answer takes so long and so many are answered at once. */
function copyFor(seconds: number, most: number, answerMs: (inFlight: number) => number): number[] {
  const { small } = lanePaces(0, most);
  const limits = [small.limit];
  const underWay: number[] = [];
  for (let now = 0; now < seconds * 1_000; ) {
    while (underWay.length < small.limit) underWay.push(now + answerMs(underWay.length + 1));
    underWay.sort((a, b) => a - b);
    now = underWay.shift() ?? now;
    small.done({ at: now, took: answerMs(small.limit), work: 1 });
    if (small.limit !== limits.at(-1)) limits.push(small.limit);
  }
  return limits;
}

describe('lanes', () => {
  it('share all sizes between them, without a gap and without a double', () => {
    const { small, large } = laneSizes({ fragmentBytes: 10_485_760 });
    expect(small).toEqual({ least: 0, most: 4_194_304 });
    expect(large.least).toBe(small.most + 1);
    expect(largestSmall({ fragmentBytes: 327_680 })).toBe(327_680);
  });

  it('has all in flight that the task allows where answers take their time, and never more', () => {
    expect(Math.max(...copyFor(60, 16, () => 40))).toBe(16);
    expect(copyFor(30, 16, () => 40)).toEqual([16]);
    expect(copyFor(30, 64, () => 40)).toEqual([16, 32, 64]);
    expect(copyFor(60, 3, () => 40)).not.toContain(4);
  });

  it('are not led astray by the rhythm of groups: twenty files, and then a while for opening the next', () => {
    let files = 0;
    // All of them in step, and an answer now and then that comes late.
    const limits = copyFor(600, 16, () => {
      files += 1;
      return files % (16 * 20) < 16 ? 90 : files % 37 === 0 ? 120 : 45;
    });
    // What is tried and given up again takes one window in twenty.
    expect(Math.min(...limits)).toBe(12);
    expect(limits.filter((limit) => limit === 12).length).toBeLessThan(20);
  });

  it('steps back where more in flight only makes answers slower', () => {
    const limits = copyFor(200, 64, (inFlight) => 20 * Math.max(1, inFlight / 10));
    expect(limits.at(-1)).toBeGreaterThanOrEqual(6);
    expect(limits.at(-1)).toBeLessThanOrEqual(20);
  });
});
