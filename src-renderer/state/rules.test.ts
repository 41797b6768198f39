import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEnded, nextRunState, runStates } from '../../src-shared/model/run.ts';
import { taskViews } from '../app/route.ts';
import type { TaskState } from '../text/en-words.ts';
import { backoffMs } from './backoff.ts';
import { ordersFor } from './orders.ts';
import { mergeEvents } from './use-events.ts';
import { inView } from './views.ts';

describe('back-off', () => {
  it('grows to a quarter of a minute and no further, and spreads by a tenth either way', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
        const ms = backoffMs(attempt, random);
        expect(ms).toBeGreaterThanOrEqual(450);
        expect(ms).toBeLessThanOrEqual(16_500);
        expect(ms).toBeLessThanOrEqual(backoffMs(attempt + 1, 1));
      }),
    );
  });
});

describe('orders', () => {
  const now = (state: TaskState) => ({ state, archivedAt: null });

  it('that are offered are never refused for the state', () => {
    for (const state of runStates) {
      for (const order of ordersFor(now(state))) {
        if (order === 'start' || order === 'archive') expect(isEnded(state)).toBe(true);
        else if (order === 'pause' || order === 'resume') expect(nextRunState(state, order)).toBeDefined();
      }
      expect(ordersFor(now(state)).length).toBeGreaterThan(0);
    }
    expect(ordersFor(now('ready'))).toEqual(['start', 'archive']);
    expect(ordersFor({ state: 'failed', archivedAt: 1 })).toEqual(['restore']);
    expect(ordersFor(now('running'))).toEqual(['pause', 'finish', 'stop']);
    expect(ordersFor(now('stopping'))).toEqual(['stop']);
  });
});

describe('saved views', () => {
  const row = { archivedAt: null, reason: null, issues: { errors: 0, warnings: 0 } };

  it('leave no task out', () => {
    const views = ['attention', 'running', 'waiting', 'done', 'ready'] as const;
    for (const state of ['ready', ...runStates] as const) {
      expect(
        views.some((view) => inView({ ...row, state }, view)),
        state,
      ).toBe(true);
    }
  });

  it('show what is put away in the archive alone', () => {
    const away = { ...row, state: 'failed', archivedAt: 1 } as const;
    expect(taskViews.filter((view) => inView(away, view))).toEqual(['archived']);
    expect(inView({ ...away, archivedAt: null }, 'archived')).toBe(false);
  });

  it('call for attention to what runs with errors, and not to what somebody stopped', () => {
    expect(inView({ ...row, state: 'running', issues: { errors: 1, warnings: 0 } }, 'attention')).toBe(true);
    expect(inView({ ...row, state: 'stopped', reason: { code: 'stopped-by-you' } }, 'attention')).toBe(false);
    expect(inView({ ...row, state: 'running', reason: { code: 'throttled' } }, 'attention')).toBe(false);
    expect(inView({ ...row, state: 'waiting', reason: { code: 'source-missing' } }, 'attention')).toBe(true);
  });
});

describe('events', () => {
  const event = (id: number) => ({
    id,
    at: id,
    task: null,
    actor: 'a',
    facts: { kind: 'told' as const, text: 't' },
    problem: null,
  });

  it('are each there once, newest first, however pages overlap', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(50)), fc.uniqueArray(fc.nat(50)), (a, b) => {
        const merged = mergeEvents(a.map(event), b.map(event)).map(({ id }) => id);
        expect(merged).toEqual([...new Set([...a, ...b])].sort((x, y) => y - x));
      }),
    );
  });
});
