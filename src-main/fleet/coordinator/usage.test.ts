import { describe, expect, it } from 'vitest';
import { emptyCounts } from '../../../src-shared/model/counts.ts';
import { noLive } from '../../../src-shared/model/live.ts';
import { addUsage, noUsage } from '../../../src-shared/model/usage.ts';
import { noFacts, runFactsSchema, spentBy } from './usage.ts';

const live = (requests: number) => ({
  ...noLive('copying'),
  requests,
  resourceUnits: requests * 2,
  bytesSent: 10,
});

describe('what a grant has cost', () => {
  it('is what its holder told last, and the time since it was made', () => {
    const once = spentBy(noUsage, live(5), 1_000, 4_000);
    expect(spentBy(once, live(9), 1_000, 6_000)).toEqual({
      requests: 9,
      resourceUnits: 18,
      retries: 0,
      bytesSent: 10,
      workedMs: 5_000,
    });
  });

  it('does not grow by a doubled beat, and does not fall when the clock is set back', () => {
    const once = spentBy(noUsage, live(5), 0, 2_000);
    expect(spentBy(once, live(5), 0, 2_000)).toEqual(once);
    expect(spentBy(once, live(4), 0, 1_000)).toEqual(once);
  });
});

describe('what is kept of a run', () => {
  it('survives being written down', () => {
    const facts = { ...noFacts, spent: spentBy(noUsage, live(5), 0, 1), stopHow: 'finish' as const };
    expect(runFactsSchema.parse(JSON.parse(JSON.stringify(facts)))).toEqual(facts);
  });

  it('is read as it was written while a run was one unit', () => {
    const past = spentBy(noUsage, live(5), 0, 1_000);
    const current = spentBy(noUsage, live(3), 0, 500);
    const kept = { counts: emptyCounts(), past, current, epoch: 2, since: 7, stopHow: null };
    expect(runFactsSchema.parse(kept)).toEqual({ ...noFacts, spent: addUsage(past, current) });
  });
});
