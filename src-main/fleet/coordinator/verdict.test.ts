import { describe, expect, it } from 'vitest';
import { emptyCounts, noTally } from '../../../src-shared/model/counts.ts';
import { verdictOf } from './verdict.ts';

const none = emptyCounts();
const one = { ...noTally, files: 1, bytes: 7 };

describe('what the end of a unit means for its run', () => {
  it('is green when everything found has a good outcome', () => {
    const counts = { ...none, found: one, byOutcome: { ...none.byOutcome, copied: one } };
    expect(verdictOf({ how: 'done' }, counts)).toEqual({ event: 'ended-clean', problem: undefined });
  });

  it('has issues when something failed', () => {
    const counts = { ...none, found: one, byOutcome: { ...none.byOutcome, failed: one } };
    expect(verdictOf({ how: 'done' }, counts).event).toBe('ended-with-issues');
  });

  it.each([
    ['a file', one, none.byOutcome],
    ['a byte', one, { ...none.byOutcome, copied: { ...one, bytes: 6 } }],
    ['nothing, but something is counted twice', one, { ...none.byOutcome, copied: one, failed: one }],
  ])('is a failure of the program when what is missing in the sums is %s', (_, found, byOutcome) => {
    const verdict = verdictOf({ how: 'done' }, { ...none, found, byOutcome });
    expect(verdict.event).toBe('ended-failed');
    expect(verdict.problem?.code).toBe('unexpected');
  });

  it('of a dry run is good when everything is planned', () => {
    const counts = { ...none, found: one, byOutcome: { ...none.byOutcome, planned: one } };
    expect(verdictOf({ how: 'done' }, counts).event).toBe('ended-clean');
  });

  it('keeps the reason of a failure, and says when somebody stopped it', () => {
    const problem = { code: 'quota-full', where: 'https://x' } as const;
    expect(verdictOf({ how: 'failed', problem }, none)).toEqual({ event: 'ended-failed', problem });
    expect(verdictOf({ how: 'stopped' }, none)).toEqual({
      event: 'stopped',
      problem: { code: 'stopped-by-you' },
    });
  });
});
