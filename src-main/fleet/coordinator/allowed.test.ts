import { describe, expect, it } from 'vitest';
import { noPlan, noRules } from '../../../src-shared/model/plan.ts';
import { refusalOf } from './allowed.ts';

const NOW = new Date(2_026, 10, 25, 12, 0).getTime();
const WEDNESDAY = new Date(NOW).getDay();
const worker = { machine: 'one', rules: noRules, cannotRead: new Map() };
const task = { task: { source: '/share' }, plan: noPlan };
const unread = { code: 'source-missing', since: 5 };
const hours = [{ days: [WEDNESDAY], from: 8 * 60, to: 12 * 60 }];

describe('whether a machine may work on a task', () => {
  it.each([
    ['nothing is said', worker, task, undefined],
    [
      'the task names another machine',
      worker,
      { ...task, plan: { ...noPlan, machines: ['two'] } },
      'other-machines',
    ],
    ['the task names it', worker, { ...task, plan: { ...noPlan, machines: ['two', 'one'] } }, undefined],
    ['it lacks a label', worker, { ...task, plan: { ...noPlan, labels: ['berlin'] } }, 'labels'],
    [
      'it has all labels and more',
      { ...worker, rules: { ...noRules, labels: ['berlin', 'fast'] } },
      { ...task, plan: { ...noPlan, labels: ['berlin'] } },
      undefined,
    ],
    ['it is drained', { ...worker, rules: { ...noRules, drained: true } }, task, 'drained'],
    ['its hours are over', { ...worker, rules: { ...noRules, hours } }, task, 'outside-hours'],
    [
      'it cannot read the source',
      { ...worker, cannotRead: new Map([['/share', unread]]) },
      task,
      'cannot-read',
    ],
    [
      'it cannot read another source',
      { ...worker, cannotRead: new Map([['/other', unread]]) },
      task,
      undefined,
    ],
  ])('when %s', (_, who, what, why) => {
    expect(refusalOf(who, what, NOW)?.why).toBe(why);
  });

  it('works within its hours', () => {
    const rules = { ...noRules, hours };
    expect(refusalOf({ ...worker, rules }, task, NOW - 60_000)).toBeUndefined();
  });
});
