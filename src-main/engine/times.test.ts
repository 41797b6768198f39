import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOdd, oddTimes, timesToKeep } from './times.ts';

const T = Date.UTC(2023, 1, 2);

describe('times that SharePoint keeps', () => {
  it.each([
    ['both good', T, T + 5, { created: T, modified: T + 5 }],
    ['created in 1601, as on many NAS', Date.UTC(1601, 0, 1), T, { created: T, modified: T }],
    ['modified before 1970', T, -1, { created: T, modified: 0 }],
    ['modified in 2107', T, Date.UTC(2107, 0, 1), { created: T, modified: Date.UTC(2100, 0, 1) - 1_000 }],
    ['no time at all', Number.NaN, Number.NaN, { created: 0, modified: 0 }],
  ])('%s', (_, created, modified, kept) => {
    expect(timesToKeep(created, modified)).toEqual(kept);
  });

  it('says what was odd', () => {
    expect(oddTimes(T, T)).toBeUndefined();
    expect(oddTimes(Date.UTC(1601, 0, 1), -1)).toBe('modified 1969-12-31, created 1601-01-01');
    expect(oddTimes(T, 1e300)).toBe('modified 1e+300');
  });

  it('never gives an odd time', () => {
    fc.assert(
      fc.property(fc.double(), fc.double(), (created, modified) => {
        const kept = timesToKeep(created, modified);
        expect(isOdd(kept.created) || isOdd(kept.modified)).toBe(false);
      }),
    );
  });
});
