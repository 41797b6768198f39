import { describe, expect, it } from 'vitest';
import { type Bandwidth, bandwidthAt, bandwidthSchema } from './bandwidth.ts';

const MONDAY = 1;
const SATURDAY = 6;
const MORE = Number.POSITIVE_INFINITY;
const work = { days: [1, 2, 3, 4, 5], from: 8 * 60, to: 18 * 60, bytesPerSecond: 1_000_000 };
const night = { days: [5], from: 22 * 60, to: 6 * 60, bytesPerSecond: 0 };

describe('bandwidthAt', () => {
  const rows: readonly [string, Bandwidth, number, number, number][] = [
    ['no limit', { bytesPerSecond: null, hours: [] }, MONDAY, 600, MORE],
    ['always the same', { bytesPerSecond: 5, hours: [] }, MONDAY, 600, 5],
    ['within hours', { bytesPerSecond: null, hours: [work] }, MONDAY, 8 * 60, 1_000_000],
    ['outside of them', { bytesPerSecond: null, hours: [work] }, MONDAY, 18 * 60, MORE],
    ['on another day', { bytesPerSecond: 7, hours: [work] }, SATURDAY, 600, 7],
    ['past midnight, nothing', { bytesPerSecond: null, hours: [work, night] }, SATURDAY, 60, 0],
    [
      'hours that lift the limit',
      { bytesPerSecond: 7, hours: [{ ...work, bytesPerSecond: null }] },
      MONDAY,
      600,
      MORE,
    ],
    [
      'hours that meet: the smaller',
      { bytesPerSecond: 7, hours: [work, { ...work, bytesPerSecond: 3 }] },
      MONDAY,
      600,
      3,
    ],
  ];
  it.each(rows)('%s', (_what, bandwidth, weekday, minute, bytesPerSecond) => {
    expect(bandwidthAt(bandwidthSchema.parse(bandwidth), weekday, minute)).toBe(bytesPerSecond);
  });
});
