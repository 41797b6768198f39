import { type MachineRules, type TaskPlan, worksAt } from '../../../src-shared/model/plan.ts';
import type { Task } from '../../../src-shared/model/task.ts';
import { localClock } from '../../basics/local-clock.ts';
import type { Ledger, TaskEntry } from './ledger.ts';

/** Why a machine is not given a task. */
export type Refusal =
  /** The task is meant for other machines. */
  | { readonly why: 'other-machines' }
  | { readonly why: 'labels'; readonly missing: readonly string[] }
  | { readonly why: 'cannot-read'; readonly code: string; readonly since: number }
  /** It gets nothing more at all. */
  | { readonly why: 'drained' | 'outside-hours' };

/** A machine that asks for work. */
export interface Worker {
  readonly machine: string;
  readonly rules: MachineRules;
  /** Sources that it cannot read, by the path in their tasks. */
  readonly cannotRead: ReadonlyMap<string, { readonly code: string; readonly since: number }>;
}

/** Why a machine may not work on a task; undefined when it may. */
export function refusalOf(
  worker: Worker,
  { task, plan }: { readonly task: Pick<Task, 'source'>; readonly plan: TaskPlan },
  now: number,
): Refusal | undefined {
  const { machine, rules, cannotRead } = worker;
  if (plan.machines.length > 0 && !plan.machines.includes(machine)) return { why: 'other-machines' };
  const missing = plan.labels.filter((label) => !rules.labels.includes(label));
  if (missing.length > 0) return { why: 'labels', missing };
  if (rules.drained) return { why: 'drained' };
  if (isOutsideHours(rules, now)) return { why: 'outside-hours' };
  const unread = cannotRead.get(task.source);
  return unread === undefined ? undefined : { why: 'cannot-read', ...unread };
}

/** Whether a machine's units are to rest: it is none of its hours on this machine's clock. */
export function isOutsideHours(rules: MachineRules, now: number): boolean {
  if (rules.hours.length === 0) return false;
  const { weekday, minute } = localClock(now);
  return !worksAt(rules, weekday, minute);
}

const READS_ALL = new Map<string, never>();

/** A machine as the ledger knows it. */
export function workerOf(ledger: Ledger, machine: string): Worker {
  return {
    machine,
    rules: ledger.rulesOf(machine),
    cannotRead: ledger.seen.get(machine)?.cannotRead ?? READS_ALL,
  };
}

export function mayWorkOn(ledger: Ledger, machine: string, task: TaskEntry, now: number): boolean {
  return refusalOf(workerOf(ledger, machine), task, now) === undefined;
}
