import { describe, expect, it } from 'vitest';
import { noRules } from '../../../src-shared/model/plan.ts';
import { defaultSettings } from '../../../src-shared/model/settings.ts';
import { GiveBackPlan } from './give-back-plan.ts';
import { Ledger } from './ledger.ts';
import { freshUnit } from './offer-desk.ts';
import { newRunEntry, type UnitEntry } from './run-entry.ts';

const MORNING = new Date(2_026, 10, 25, 7, 0).getTime();
const NOW = new Date(2_026, 10, 25, 12, 0).getTime();
const hours = [{ days: [new Date(NOW).getDay()], from: 8 * 60, to: 18 * 60 }];

/** Two machines: one works on all there is of a run, the other has a free place; so many runs wait. */
function begun(waiting: number): { ledger: Ledger; held: UnitEntry } {
  const ledger = new Ledger(() => MORNING);
  for (const [machine, freeSlots] of [['one', 0] as const, ['two', 1] as const]) {
    ledger.seen.set(machine, { at: MORNING, shownAt: NOW, freeSlots, cannotRead: new Map() });
    ledger.rules.set(machine, { ...noRules, hours });
  }
  const [held] = Array.from({ length: waiting + 1 }, (_, no) => {
    const id = `task-${no}`;
    const task = {
      ...{ id, name: id, source: '/s', destination: 'https://x', settings: defaultSettings },
      createdAt: 0,
    };
    const state = no === 0 ? ('running' as const) : ('waiting' as const);
    const facts = { number: 0, state, startedAt: no, endedAt: null, problem: null };
    const run = newRunEntry({ id: `run-${no}`, task: id, ...facts });
    const unit = freshUnit(`unit-${no}`, run.run.id, '');
    if (no > 0) run.fresh.push(unit);
    ledger.setLast(ledger.addTask(task), run);
    return no > 0 ? [] : [ledger.addUnit(run, { ...unit, state: 'held', holder: 'one', epoch: 1 }, NOW)];
  }).flat();
  if (held === undefined) throw new Error('nobody holds anything');
  held.rest = 1_000;
  return { ledger, held };
}

describe('how many pieces are asked for', () => {
  it.each([
    [0, 2],
    [1, 1],
    [2, 0],
  ])('with %i runs that a machine may begin at this time of the day: %i', (waiting, asked) => {
    const { ledger, held } = begun(waiting);
    expect(new GiveBackPlan(ledger).ask(held, NOW)).toBe(asked);
  });
});
