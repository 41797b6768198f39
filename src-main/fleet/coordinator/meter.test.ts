import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KEPT_SECONDS, Meter, SPREAD_SECONDS } from './meter.ts';

const work = (items: number, bytes = 0) => ({ items, bytes, waits: {} });

describe('samples by the second', () => {
  it('spread a late beat over the time that it tells of', () => {
    const meter = new Meter();
    meter.add(10_000, 14_000, work(8, 400));
    expect(meter.series(14_500)).toEqual(
      [11_000, 12_000, 13_000, 14_000].map((at) => ({
        at,
        filesPerSecond: 2,
        bytesPerSecond: 100,
        limitedBy: 'nothing',
      })),
    );
  });

  it('show seconds without work as such', () => {
    const meter = new Meter();
    meter.add(0, 1_000, work(5));
    meter.add(3_000, 4_000, work(7));
    expect(meter.series(5_000).map(({ filesPerSecond }) => filesPerSecond)).toEqual([5, 0, 0, 7, 0]);
  });

  it('are kept for a quarter of an hour', () => {
    const meter = new Meter();
    for (let second = 1; second <= KEPT_SECONDS + 100; second += 1)
      meter.add((second - 1) * 1_000, second * 1_000, work(1));
    const series = meter.series((KEPT_SECONDS + 100) * 1_000);
    expect(series).toHaveLength(KEPT_SECONDS);
    expect(series.every(({ filesPerSecond }) => filesPerSecond === 1)).toBe(true);
    expect(series[0]?.at).toBe(101_000);
  });

  it('are kept for a shorter time where that is all that is asked for', () => {
    const meter = new Meter(SPREAD_SECONDS);
    for (let second = 1; second <= 100; second += 1) meter.add((second - 1) * 1_000, second * 1_000, work(1));
    expect(meter.series(100_000).map(({ at }) => at)).toEqual(
      Array.from({ length: SPREAD_SECONDS }, (_, index) => (101 - SPREAD_SECONDS + index) * 1_000),
    );
  });

  it('are empty before any work', () => {
    expect(new Meter().series(5_000)).toEqual([]);
    expect(new Meter().limitedBy(5_000)).toBe('nothing');
  });

  it('lose nothing and add nothing, however beats fall', () => {
    const beats = fc.array(fc.record({ ms: fc.integer({ min: 1, max: 20_000 }), items: fc.nat(1_000) }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(beats, (given) => {
        const meter = new Meter();
        let now = 50_000;
        let sum = 0;
        for (const { ms, items } of given) {
          meter.add(now, now + ms, work(items));
          now += ms;
          sum += items;
        }
        const seen = meter.series(now).reduce((all, { filesPerSecond }) => all + filesPerSecond, 0);
        expect(seen).toBeCloseTo(sum, 4);
      }),
    );
  });
});

describe('the limiting factor of a meter', () => {
  it('is that of the last ten seconds', () => {
    const meter = new Meter();
    meter.add(0, 1_000, { items: 0, bytes: 0, waits: { reading: 16_000 } });
    meter.add(8_000, 9_000, { items: 0, bytes: 0, waits: { sending: 9_000 } });
    expect(meter.limitedBy(9_000)).toBe('source');
    expect(meter.limitedBy(12_000)).toBe('network');
    expect(meter.limitedBy(30_000)).toBe('nothing');
  });
});
