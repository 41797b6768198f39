import { describe, expect, it } from 'vitest';
import { emptyCounts } from '../../../src-shared/model/counts.ts';
import { noLive } from '../../../src-shared/model/live.ts';
import { noFacts, runFactsSchema, usageOf, withGrant, withTold } from './usage.ts';

const counts = emptyCounts();
const live = (requests: number) => ({
  ...noLive('copying'),
  requests,
  resourceUnits: requests * 2,
  bytesSent: 10,
});

describe('what a run has cost', () => {
  it('adds up over every start of its agent, and does not count the time between them', () => {
    let facts = withGrant(noFacts, 1, 1_000);
    facts = withTold(facts, { live: live(5), counts, now: 4_000 });
    facts = withTold(facts, { live: live(9), counts, now: 6_000 });
    facts = withGrant(facts, 2, 90_000);
    facts = withTold(facts, { live: live(3), counts, now: 91_000 });
    expect(usageOf(facts)).toEqual({
      requests: 12,
      resourceUnits: 24,
      retries: 0,
      bytesSent: 20,
      workedMs: 6_000,
    });
  });

  it('does not count a doubled beat twice, nor a repeated grant', () => {
    let facts = withTold(withGrant(noFacts, 1, 0), { live: live(5), counts, now: 2_000 });
    const once = usageOf(facts);
    facts = withTold(withGrant(facts, 1, 2_000), { live: live(5), counts, now: 2_000 });
    expect(usageOf(facts)).toEqual(once);
  });

  it('does not fall when the clock is set back', () => {
    let facts = withTold(withGrant(noFacts, 1, 50_000), { live: live(1), counts, now: 60_000 });
    facts = withTold(facts, { live: live(1), counts, now: 10_000 });
    expect(usageOf(facts).workedMs).toBe(10_000);
  });

  it('survives being written down', () => {
    const facts = withTold(withGrant(noFacts, 1, 0), { live: live(5), counts, now: 2_000 });
    expect(runFactsSchema.parse(JSON.parse(JSON.stringify(facts)))).toEqual(facts);
  });
});
