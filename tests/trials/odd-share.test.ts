import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateShare, removeShare, type ShareSummary } from '../../src-practice/share/share.ts';
import { type JsonSummary, type Rehearsal, rehearse, summaryOf, sumsOf } from '../support/rehearsal.ts';
import { seed } from '../support/seed.ts';

describe('a share with one of everything that is hard to copy', () => {
  let stage: Rehearsal;
  let share: ShareSummary;
  let summary: JsonSummary;

  beforeAll(async () => {
    stage = await rehearse({ seed });
    const source = join(stage.folder, 'share');
    share = await generateShare({ directory: source, seed, files: 200, now: Date.now() });
    const end = await stage.copy(source, stage.address('odd')).ended;
    summary = summaryOf(end);
    // Some things cannot be copied, and a run that lacks them is not called complete.
    expect(end.code, end.stderr).toBe(3);
  }, 60_000);

  afterAll(async () => {
    removeShare(share.directory);
    await stage.close();
  });

  it('accounts for every single item', () => {
    const { found, settled } = sumsOf(summary);
    expect(settled).toEqual(found);
    expect(summary.counts.found.files).toBe(share.files);
    expect(summary.counts.found.others).toBe(share.links + share.specials);
  });

  it('copies, renames, leaves out and fails as many as the share was made for', () => {
    const count = (treatment: string) => share.odd.filter((one) => one.treatment === treatment).length;
    const { byOutcome } = summary.counts;
    const sum = (outcome: 'failed' | 'left-out') =>
      byOutcome[outcome].files + byOutcome[outcome].folders + byOutcome[outcome].others;
    expect(sum('failed')).toBe(count('cannot'));
    expect(sum('left-out')).toBe(count('left-out'));
    // `forms` is reserved at the root of a library only, and this copy stands in a folder of it.
    const renamed = share.odd.filter((one) => one.treatment === 'renamed' && one.kind !== 'forms-at-root');
    expect(summary.counts.byCode['name-changed']?.items).toBe(renamed.length);
  });

  it('knows Office files that SharePoint rewrote from files that differ', () => {
    expect(summary.counts.byGrade['rewritten']?.files).toBeGreaterThan(0);
    expect(summary.counts.byGrade['differs']?.files).toBe(0);
  });
});
