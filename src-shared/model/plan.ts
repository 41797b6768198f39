import { z } from 'zod';
import { idSchema } from './task.ts';
import { holdsAt, MOST_HOURS, weekHours } from './week-hours.ts';

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

/** What a machine may do for the fleet. */
export const machineRulesSchema = z.object({
  labels: z.array(labelSchema).max(20).default([]),
  /** It ends what it has and gets nothing more. */
  drained: z.boolean().default(false),
  /** Units that it works on at a time, at most; null: as many as it has places. */
  slots: z.number().int().min(1).max(64).nullable().default(null),
  /** When it works, on the coordinator's clock; always when there is none. Outside of them its units are paused, and others may have them. */
  hours: z.array(z.object(weekHours)).max(MOST_HOURS).default([]),
});
export type MachineRules = Readonly<z.infer<typeof machineRulesSchema>>;

export const noRules: MachineRules = machineRulesSchema.parse({});

/** Whether a machine works at a time of the week. */
export function worksAt({ hours }: MachineRules, weekday: number, minute: number): boolean {
  return hours.length === 0 || hours.some((range) => holdsAt(range, weekday, minute));
}
