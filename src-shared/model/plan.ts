import { z } from 'zod';
import { DAY_MINUTES, holdsAt } from './gentle.ts';
import { idSchema } from './task.ts';

/** A word that machines have and tasks ask for. Upper and lower case are different words. */
const labelSchema = z.string().trim().min(1).max(64);

/** Who works on a task, and when: what a person decides beside what it does. It may change at any time. */
export const taskPlanSchema = z.object({
  /** Of two tasks the one with the higher number gets free machines first. */
  priority: z.number().int().min(-100).max(100).default(0),
  /** Of tasks that go on with the same priority each gets machines in proportion to this. */
  weight: z.number().int().min(1).max(100).default(1),
  /** Only machines with all of these. */
  labels: z.array(labelSchema).max(20).default([]),
  /** Only these machines; any when there is none. */
  machines: z.array(idSchema).max(100).default([]),
});
export type TaskPlan = Readonly<z.infer<typeof taskPlanSchema>>;

export const noPlan: TaskPlan = taskPlanSchema.parse({});

const workHoursSchema = z.object({
  /** Weekdays as `Date` counts them, 0 is Sunday; of a range past midnight those on which it begins. */
  days: z.array(z.number().int().min(0).max(6)).min(1).max(7),
  /** Minute of the day. */
  from: z
    .number()
    .int()
    .min(0)
    .max(DAY_MINUTES - 1),
  /** Minute of the day, not included; below `from` it is one of the day after. */
  to: z.number().int().min(1).max(DAY_MINUTES),
});

/** What a machine may do for the fleet. */
export const machineRulesSchema = z.object({
  labels: z.array(labelSchema).max(20).default([]),
  /** It ends what it has and gets nothing more. */
  drained: z.boolean().default(false),
  /** Units that it works on at a time, at most; null: as many as it has places. */
  slots: z.number().int().min(1).max(64).nullable().default(null),
  /** When it works, on the coordinator's clock; always when there is none. Outside of them its units are paused, and others may have them. */
  hours: z.array(workHoursSchema).max(50).default([]),
});
export type MachineRules = Readonly<z.infer<typeof machineRulesSchema>>;

export const noRules: MachineRules = machineRulesSchema.parse({});

/** Whether a machine works at a time of the week. */
export function worksAt({ hours }: MachineRules, weekday: number, minute: number): boolean {
  return hours.length === 0 || hours.some((range) => holdsAt(range, weekday, minute));
}
