import { expect, it } from 'vitest';
import { emptyCounts } from '../../../src-shared/model/counts.ts';
import { defaultSettings } from '../../../src-shared/model/settings.ts';
import { noUsage } from '../../../src-shared/model/usage.ts';
import { createSharing, sharingNoughts } from './share-equal.ts';

it('keeps one of all that are equal', () => {
  const shared = createSharing<typeof defaultSettings>();
  const first = shared({ ...defaultSettings });
  expect(shared({ ...defaultSettings })).toBe(first);
  expect(shared({ ...defaultSettings, parallelFiles: 3 })).not.toBe(first);
});

it('changes nothing of what a run is known by', () => {
  const copied = { files: 3, folders: 1, others: 0, bytes: 12 };
  const { found, byOutcome, byGrade } = structuredClone(emptyCounts());
  const facts = {
    counts: {
      ...{ found: copied, byOutcome: { ...byOutcome, copied }, byGrade },
      byCode: { 'name-changed': { items: 1, bytes: 0 } },
    },
    ...{ spent: { ...noUsage, requests: 4 }, stopHow: null, mark: null },
  };
  const shared = sharingNoughts(facts);
  expect(shared).toEqual(facts);
  expect(shared.counts.byOutcome.present).toBe(shared.counts.byOutcome.failed);
  expect(sharingNoughts({ ...facts, counts: { ...facts.counts, found } }).counts.found).not.toBe(found);
});
