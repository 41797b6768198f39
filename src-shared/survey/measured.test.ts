import { describe, expect, it } from 'vitest';
import { defaultAssumptions, forecast } from './forecast.ts';
import { type CopiedRun, measuredRates } from './measured.ts';

const small: CopiedRun = {
  files: 1_000,
  folders: 10,
  bytes: 1e6,
  resourceUnits: 4_026,
  workedMs: 100_000,
  endedAt: 5,
};

describe('rates measured by runs', () => {
  it('are those of the runs together, without what is not spent on files', () => {
    const rates = measuredRates([small, { ...small, workedMs: 300_000, endedAt: 3 }]);
    expect(rates).toMatchObject({ runs: 2, files: 2_000, seconds: 400, newest: 5, agentFilesPerSecond: 5 });
    // 8,052 units, less 40 of folders and 11 pages.
    expect(rates?.unitsPerFile).toBeCloseTo((8_052 - 40 - 11) / 2_000);
  });

  it('say nothing of bytes that small files never needed, and nothing of files that large ones never were', () => {
    expect(measuredRates([small])).toMatchObject({
      agentFilesPerSecond: 10,
      agentBytesPerSecond: defaultAssumptions.agentBytesPerSecond,
    });
    const large: CopiedRun = { ...small, files: 100, bytes: 1e12, workedMs: 1e6 };
    expect(measuredRates([large])).toMatchObject({
      agentFilesPerSecond: defaultAssumptions.agentFilesPerSecond,
      agentBytesPerSecond: 1e9,
    });
  });

  it.each([
    ['no runs', []],
    ['few files', [{ ...small, files: 99 }]],
    ['a short time', [{ ...small, workedMs: 9_999 }]],
  ])('are none from %s', (_, runs) => {
    expect(measuredRates(runs)).toBeUndefined();
  });

  it('leave the assumption about units where the service told none', () => {
    expect(measuredRates([{ ...small, resourceUnits: 0 }])?.unitsPerFile).toBeUndefined();
  });

  it('correct a forecast', () => {
    const load = { files: 10_000, folders: 0, bytes: 1e6, emptyFiles: 0, fragments: 10_000 };
    const measured = measuredRates([{ ...small, resourceUnits: 0 }]);
    // 10 files a second and not 30; the units of a minute would do it in less.
    expect(forecast(load, 1, false, { ...defaultAssumptions, licences: 50_000 }, measured)).toMatchObject({
      seconds: 1_000,
      limit: 'agents',
    });
  });
});
