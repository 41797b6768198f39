import { z } from 'zod';
import { runStates } from './run.ts';
import { taskSettingsSchema } from './settings.ts';

/** Names of things in the fleet: made by the coordinator, unguessable, sortable by nothing. */
export const idSchema = z.string().regex(/^[a-z0-9-]{4,64}$/);

/** A task: one source into one destination, with settings. */
export const taskSchema = z.object({
  id: idSchema,
  name: z.string().min(1),
  source: z.string().min(1),
  /** Address of the destination folder as the user gave it. */
  destination: z.string().min(1),
  settings: taskSettingsSchema,
  createdAt: z.number(),
});
export type Task = Readonly<z.infer<typeof taskSchema>>;

/** A run: one pass over a task; `number` counts from 0 (R0, R1, ...). Times in milliseconds since 1970. */
export const runSchema = z.object({
  id: idSchema,
  task: idSchema,
  number: z.number().int().nonnegative(),
  state: z.enum(runStates),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  /** Why it failed or stopped: a catalogue code with its facts. */
  problem: z
    .object({ code: z.string(), where: z.string().optional(), detail: z.string().optional() })
    .nullable(),
});
export type Run = Readonly<z.infer<typeof runSchema>>;
