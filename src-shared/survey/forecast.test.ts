import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultAssumptions, forecast, forecasts, unitsOf } from './forecast.ts';
import type { Load } from './load.ts';

const none: Load = { files: 0, folders: 0, bytes: 0, emptyFiles: 0, fragments: 0 };
const million: Load = { ...none, files: 1e6, fragments: 1e6, bytes: 50e9, folders: 50_000 };

describe('a forecast', () => {
  it('of many small files is bound by the units of a day', () => {
    const { limit, seconds } = forecast(million, 4, false);
    expect(limit).toBe('units-per-day');
    // 4 units a file, 2 a folder, and the listing at the end; 1.2 million a day.
    expect(unitsOf(million, defaultAssumptions)).toBe(4e6 + 1e5 + 5_250);
    // Three days in full, and what is left of the units at 1,250 a minute.
    expect(seconds).toBeCloseTo(3 * 86_400 + ((4_105_250 - 3.6e6) / 1_250) * 60, 0);
  });

  it('of a load that fits into one day is bound by the units of a minute', () => {
    const load = { ...none, files: 100_000, fragments: 100_000, bytes: 1e9 };
    expect(forecast(load, 8, false)).toMatchObject({ limit: 'units-per-minute' });
  });

  it('of few large files is bound by the line of the agents, then by the file server, then by the tenant', () => {
    const films = { ...none, files: 100, fragments: 100_000, bytes: 1e12 };
    const large = { ...defaultAssumptions, licences: 100_000 };
    expect(forecast(films, 1, false, large)).toMatchObject({ limit: 'agents', seconds: 80_000 });
    expect(forecast(films, 40, false, large)).toMatchObject({ limit: 'ingress', seconds: 9_000 });
    const slow = { ...large, sourceBytesPerSecond: 1e7 };
    expect(forecast(films, 40, false, slow)).toMatchObject({ limit: 'source', seconds: 100_000 });
  });

  it('by day takes longer than off peak only where the tenant is what limits', () => {
    const [off, day] = forecasts(million);
    expect(day?.seconds).toBeGreaterThan(1.9 * (off?.seconds ?? 0));
    const line = { ...none, files: 10, fragments: 1_000, bytes: 1e12 };
    const [a, b] = forecasts(line);
    expect(a?.limit).toBe('agents');
    expect(b?.seconds).toBe(a?.seconds);
  });

  it('believes what was measured', () => {
    const load = { ...none, files: 1e5, fragments: 1e5, bytes: 1e9 };
    const measured = { agentFilesPerSecond: 5, unitsPerFile: 0.1 };
    expect(forecast(load, 1, false, defaultAssumptions, measured)).toMatchObject({
      limit: 'agents',
      seconds: 20_000,
    });
  });

  it('of nothing takes no time', () => {
    for (const { seconds } of forecasts(none)) expect(seconds).toBe(0);
  });
});

describe('laws of a forecast', () => {
  const someLoad = fc
    .record({
      files: fc.nat(1e7),
      folders: fc.nat(1e6),
      bytes: fc.nat(1e14),
      more: fc.nat(1e5),
      empty: fc.nat(100),
    })
    .map(({ files, folders, bytes, more, empty }) => {
      const emptyFiles = Math.min(files, empty);
      return { files, folders, bytes, emptyFiles, fragments: files - emptyFiles + more };
    });

  it('more agents never take longer, working hours are never faster, more to copy is never quicker', () => {
    fc.assert(
      fc.property(someLoad, fc.integer({ min: 1, max: 16 }), fc.boolean(), (load, agents, peak) => {
        const { seconds } = forecast(load, agents, peak);
        expect(forecast(load, agents + 1, peak).seconds).toBeLessThanOrEqual(seconds);
        expect(forecast(load, agents, true).seconds).toBeGreaterThanOrEqual(
          forecast(load, agents, false).seconds,
        );
        const larger = {
          ...load,
          files: load.files + 1,
          fragments: load.fragments + 1,
          bytes: load.bytes + 1e6,
        };
        expect(forecast(larger, agents, peak).seconds).toBeGreaterThanOrEqual(seconds);
        expect(Number.isFinite(seconds) && seconds >= 0).toBe(true);
      }),
    );
  });
});
