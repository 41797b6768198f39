import { describe, expect, it } from 'vitest';
import { emptyCounts } from '../../src-shared/model/counts.ts';
import { groupsOf, issueGroups, overallState, verifiedShare } from './overall.ts';

describe('many tasks in one word', () => {
  it('is work before waiting, waiting before results, trouble before success', () => {
    expect(overallState({})).toBe('empty');
    expect(overallState({ complete: 3, running: 1, failed: 2 })).toBe('running');
    expect(overallState({ complete: 3, failed: 1 })).toBe('failed');
    expect(overallState({ complete: 3, ready: 1 })).toBe('complete');
  });
});

describe('issues', () => {
  const counts = {
    ...emptyCounts(),
    byCode: {
      'name-changed': { items: 500, bytes: 1 },
      'file-in-use': { items: 2, bytes: 1 },
      'link-left-out': { items: 9, bytes: 0 },
      'odd-time': { items: 3, bytes: 0 },
      'path-too-long': { items: 7, bytes: 1 },
      'read-failed': { items: 0, bytes: 0 },
    },
  };

  it('are groups: errors first, then by number; what nobody can act on is none', () => {
    expect(issueGroups(groupsOf(counts)).map(({ code }) => code)).toEqual([
      'path-too-long',
      'file-in-use',
      'name-changed',
    ]);
    expect(groupsOf(counts).at(-1)?.code).toBe('link-left-out');
  });

  it('keep a code that is not known', () => {
    expect(issueGroups([{ code: 'of-a-newer-machine' }])).toHaveLength(1);
  });
});

describe('the verified share', () => {
  it('is of what is at the destination, and unknown while nothing is', () => {
    const counts = emptyCounts();
    expect(verifiedShare(counts)).toBeNull();
    counts.byOutcome.copied = { files: 8, folders: 1, others: 0, bytes: 80 };
    counts.byOutcome.present = { files: 2, folders: 0, others: 0, bytes: 20 };
    counts.byGrade.identical = { files: 7, bytes: 70 };
    counts.byGrade.rewritten = { files: 1, bytes: 10 };
    counts.byGrade.present = { files: 2, bytes: 20 };
    expect(verifiedShare(counts)).toBe(0.8);
  });
});
