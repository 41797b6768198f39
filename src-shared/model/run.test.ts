import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Counts, emptyCounts, type Tally } from './counts.ts';
import { outcomes } from './item.ts';
import {
  endOf,
  isEnded,
  nextRunState,
  type RunEvent,
  type RunState,
  runStates,
  runTransitions,
} from './run.ts';

/** Every step that is possible; all others are refused. Written out a second time, so that a slip in the table shows. */
const steps: readonly [RunState, RunEvent, RunState][] = [
  ['waiting', 'granted', 'running'],
  ['waiting', 'pause', 'paused'],
  ['waiting', 'stop', 'stopped'],
  ['waiting', 'ended-clean', 'complete'],
  ['waiting', 'ended-with-issues', 'complete-with-issues'],
  ['waiting', 'ended-failed', 'failed'],
  ['waiting', 'stopped', 'stopped'],
  ['running', 'pause', 'pausing'],
  ['running', 'stop', 'stopping'],
  ['running', 'ended-clean', 'complete'],
  ['running', 'ended-with-issues', 'complete-with-issues'],
  ['running', 'ended-failed', 'failed'],
  ['running', 'stopped', 'stopped'],
  ['pausing', 'paused', 'paused'],
  ['pausing', 'resume', 'running'],
  ['pausing', 'stop', 'stopping'],
  ['pausing', 'ended-clean', 'complete'],
  ['pausing', 'ended-with-issues', 'complete-with-issues'],
  ['pausing', 'ended-failed', 'failed'],
  ['pausing', 'stopped', 'stopped'],
  ['paused', 'resume', 'waiting'],
  ['paused', 'stop', 'stopped'],
  ['paused', 'ended-clean', 'complete'],
  ['paused', 'ended-with-issues', 'complete-with-issues'],
  ['paused', 'ended-failed', 'failed'],
  ['paused', 'stopped', 'stopped'],
  ['stopping', 'stopped', 'stopped'],
  ['stopping', 'ended-clean', 'complete'],
  ['stopping', 'ended-with-issues', 'complete-with-issues'],
  ['stopping', 'ended-failed', 'failed'],
];

const events: readonly RunEvent[] = [
  'granted',
  'pause',
  'paused',
  'resume',
  'stop',
  'stopped',
  'ended-clean',
  'ended-with-issues',
  'ended-failed',
];

const counted = (found: Tally, byOutcome: Partial<Counts['byOutcome']>): Counts => ({
  ...emptyCounts(),
  found,
  byOutcome: { ...emptyCounts().byOutcome, ...byOutcome },
});

describe('run states', () => {
  it.each(steps)('%s + %s -> %s', (state, event, next) => {
    expect(nextRunState(state, event)).toBe(next);
  });

  it('refuses every other event', () => {
    const possible = new Set(steps.map(([state, event]) => `${state} ${event}`));
    for (const state of runStates)
      for (const event of events)
        if (!possible.has(`${state} ${event}`)) expect(nextRunState(state, event)).toBeUndefined();
  });

  it('ends in four ways and in no other', () => {
    expect(runStates.filter(isEnded)).toEqual(['stopped', 'complete', 'complete-with-issues', 'failed']);
  });

  it('can be stopped by a person or come to an end from every state that is not an end', () => {
    const endReachable = (state: RunState, seen: ReadonlySet<RunState> = new Set()): boolean =>
      isEnded(state) ||
      Object.values(runTransitions[state]).some(
        (next) => !seen.has(next) && endReachable(next, new Set([...seen, state])),
      );
    for (const state of runStates) expect(endReachable(state), state).toBe(true);
  });

  it('stays ended whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events)), (sequence) => {
        let state: RunState = 'waiting';
        for (const event of sequence) {
          const wasEnded = isEnded(state);
          const next: RunState | undefined = nextRunState(state, event);
          if (wasEnded) expect(next).toBeUndefined();
          state = next ?? state;
        }
      }),
    );
  });
});

describe('how a run ends', () => {
  const one: Tally = { files: 1, folders: 0, others: 0, bytes: 5 };

  it('is clean when everything has an outcome and nothing failed', () => {
    for (const outcome of outcomes.filter((name) => name !== 'failed'))
      expect(endOf(counted(one, { [outcome]: one }))).toBe('ended-clean');
    expect(endOf(emptyCounts())).toBe('ended-clean');
  });

  it('has issues when a file, a folder or anything else failed', () => {
    expect(endOf(counted(one, { failed: one }))).toBe('ended-with-issues');
    const folder: Tally = { files: 0, folders: 1, others: 0, bytes: 0 };
    expect(endOf(counted(folder, { failed: folder }))).toBe('ended-with-issues');
    const link: Tally = { files: 0, folders: 0, others: 1, bytes: 0 };
    expect(endOf(counted(link, { failed: link }))).toBe('ended-with-issues');
  });

  it('is never clean when something is unaccounted for', () => {
    expect(endOf(counted({ ...one, files: 2 }, { copied: one }))).toBe('ended-with-issues');
    expect(endOf(counted({ ...one, others: 1 }, { copied: one }))).toBe('ended-with-issues');
  });
});
