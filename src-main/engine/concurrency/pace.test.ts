import { describe, expect, it } from 'vitest';
import { listingRules, MOST_AT_ONCE } from '../scan/listing-rules.ts';
import { Pace } from './pace.ts';

/** A share for the test: what a call costs when it is alone, and how many calls it works on at the same time. */
interface Share {
  readonly callMs: number;
  readonly servedAtOnce: number;
  readonly entries?: number;
}

/** Folders that are there to be listed at any moment. */
const PLENTY = 1_000;

/**
 * Lists for some seconds of a clock that only moves here: each lister asks, the share answers in the order of asking, so many
 * side by side. @returns the limits that were in force, one for each change
 */
function listFor(
  seconds: number,
  pace: Pace,
  share: (at: number) => Share,
  from = 0,
  folders = PLENTY,
): number[] {
  const limits = [pace.limit];
  /** When the share's places are free again. */
  let places: number[] = [];
  const underWay: { readonly asked: number; readonly ends: number }[] = [];
  let now = from;
  while (now < from + seconds * 1_000) {
    const { callMs, servedAtOnce, entries = 50 } = share(now);
    while (underWay.length < Math.min(pace.limit, folders)) {
      places = places.filter((free) => free > now).sort((a, b) => a - b);
      const begins = places.length < servedAtOnce ? now : (places[places.length - servedAtOnce] ?? now);
      places.push(begins + callMs);
      underWay.push({ asked: now, ends: begins + callMs });
    }
    underWay.sort((a, b) => a.ends - b.ends);
    const first = underWay.shift();
    if (!first) break;
    now = Math.max(now, first.ends);
    pace.done({ at: now, took: now - first.asked, work: entries + 20 });
    if (pace.limit !== limits.at(-1)) limits.push(pace.limit);
  }
  return limits;
}

const always = (share: Share) => () => share;

describe('how many folders are listed side by side', () => {
  it('a share with 5 ms a call that serves many gets 64, within two seconds', () => {
    const pace = new Pace(0, listingRules);
    expect(listFor(2, pace, always({ callMs: 5, servedAtOnce: 1_000 }))).toEqual([8, 16, 32, 64]);
  });

  it.each([
    ['a warm disk with two threads', { callMs: 0.3, servedAtOnce: 2 }, 2, 4],
    ['a disk with one arm', { callMs: 8, servedAtOnce: 1 }, 2, 4],
    ['a server that works on eight at once', { callMs: 5, servedAtOnce: 8 }, 8, 12],
    ['a server that works on twenty at once', { callMs: 20, servedAtOnce: 20 }, 18, 32],
    ['a share on the other side of the world', { callMs: 200, servedAtOnce: 1_000 }, 48, 64],
  ])('%s', (_, share, least, most) => {
    const pace = new Pace(0, listingRules);
    const limits = listFor(60, pace, always(share));
    expect(pace.limit).toBeGreaterThanOrEqual(least);
    expect(pace.limit).toBeLessThanOrEqual(most);
    expect(Math.max(...limits)).toBeLessThanOrEqual(MOST_AT_ONCE);
    expect(Math.min(...limits)).toBeGreaterThanOrEqual(2);
  });

  it('never goes above the cap that it was given', () => {
    const pace = new Pace(0, { ...listingRules, most: 10 });
    expect(Math.max(...listFor(30, pace, always({ callMs: 5, servedAtOnce: 1_000 })))).toBe(10);
    expect(new Pace(0, { ...listingRules, most: 1 }).limit).toBe(1);
    const one = new Pace(0, { ...listingRules, most: 1 });
    expect(listFor(30, one, always({ callMs: 5, servedAtOnce: 1_000 }))).toEqual([1]);
  });

  it('too few folders to list say nothing: the limit stays', () => {
    const pace = new Pace(0, listingRules);
    expect(listFor(30, pace, always({ callMs: 5, servedAtOnce: 1_000 }), 0, 2)).toEqual([8]);
  });

  it('follows a share that becomes slower to answer, and one that becomes busy', () => {
    const pace = new Pace(0, listingRules);
    listFor(20, pace, always({ callMs: 0.3, servedAtOnce: 2 }));
    expect(pace.limit).toBeLessThanOrEqual(4);
    listFor(20, pace, always({ callMs: 20, servedAtOnce: 1_000 }), 20_000);
    expect(pace.limit).toBeGreaterThanOrEqual(48);
    listFor(60, pace, always({ callMs: 20, servedAtOnce: 6 }), 40_000);
    expect(pace.limit).toBeLessThanOrEqual(12);
  });

  it('a clock that is set back spoils nothing', () => {
    const pace = new Pace(1_000_000, listingRules);
    pace.done({ at: 1_000_100, took: 5, work: 30 });
    pace.done({ at: 500, took: 5, work: 30 });
    expect(listFor(2, pace, always({ callMs: 5, servedAtOnce: 1_000 }), 500)).toEqual([8, 16, 32, 64]);
  });
});
