import { describe, expect, it } from 'vitest';
import { emptyCounts, noTally } from '../../../src-shared/model/counts.ts';
import { verdictOf } from './verdict.ts';

const done = { done: 1, stopped: 0, setAside: [] };
const failed = (problem: { code: string; where: string }) => ({
  ...{ done: 0, stopped: 0 },
  setAside: [{ path: 'Sub', failures: [{ machine: 'one', problem }] }],
});
const none = emptyCounts();
const one = { ...noTally, files: 1, bytes: 7 };

describe('what the ends of its units mean for a run', () => {
  it('is green when everything found has a good outcome', () => {
    const counts = { ...none, found: one, byOutcome: { ...none.byOutcome, copied: one } };
    expect(verdictOf(done, counts)).toEqual({ event: 'ended-clean', problem: undefined });
  });

  it('has issues when something failed', () => {
    const counts = { ...none, found: one, byOutcome: { ...none.byOutcome, failed: one } };
    expect(verdictOf(done, counts).event).toBe('ended-with-issues');
  });

  it.each([
    ['a file', one, none.byOutcome],
    ['a byte', one, { ...none.byOutcome, copied: { ...one, bytes: 6 } }],
    ['nothing, but something is counted twice', one, { ...none.byOutcome, copied: one, failed: one }],
  ])('is a failure of the program when what is missing in the sums is %s', (_, found, byOutcome) => {
    const verdict = verdictOf(done, { ...none, found, byOutcome });
    expect(verdict.event).toBe('ended-failed');
    expect(verdict.problem?.code).toBe('unexpected');
  });

  it('of a dry run is good when everything is planned', () => {
    const counts = { ...none, found: one, byOutcome: { ...none.byOutcome, planned: one } };
    expect(verdictOf(done, counts).event).toBe('ended-clean');
  });

  it('keeps the reason of a failure, and says when somebody stopped it', () => {
    const problem = { code: 'quota-full', where: 'https://x' } as const;
    expect(verdictOf(failed(problem), none)).toEqual({ event: 'ended-failed', problem });
    expect(verdictOf({ ...done, stopped: 1 }, none)).toEqual({
      event: 'stopped',
      problem: { code: 'stopped-by-you' },
    });
  });

  it('has issues when a part was set aside and the rest was done, and names the part and its reason', () => {
    const counts = { ...none, found: one, byOutcome: { ...none.byOutcome, failed: one } };
    const reason = { code: 'folder-unreadable', where: '/share/Sub' };
    expect(verdictOf({ ...failed(reason), done: 4 }, counts)).toEqual({
      event: 'ended-with-issues',
      problem: { code: 'unit-set-aside', where: 'Sub', detail: 'folder-unreadable: /share/Sub' },
    });
  });
});
