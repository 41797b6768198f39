import { z } from 'zod';
import { eventSchema, type FleetEvent } from '../../../src-shared/contract/console-types.ts';
import { type Run, runSchema, taskSchema } from '../../../src-shared/model/task.ts';
import type { KeptTask } from '../fleet-store.ts';

/** Rows of fleet.db as they are read, and what they mean. A file is a border: everything is parsed. */

const json = z.string().transform((text): unknown => JSON.parse(text));

const taskRow = z.object({
  id: z.string(),
  name: z.string(),
  source: z.string(),
  destination: z.string(),
  settings: json,
  created_at: z.number(),
  archived_at: z.number().nullable(),
});

export function readTask(row: unknown): KeptTask {
  const { created_at, archived_at, ...task } = taskRow.parse(row);
  return { ...taskSchema.parse({ ...task, createdAt: created_at }), archivedAt: archived_at };
}

const runRow = z.object({
  id: z.string(),
  task: z.string(),
  number: z.number(),
  state: z.string(),
  started_at: z.number(),
  ended_at: z.number().nullable(),
  problem: json.nullable(),
});

export function readRun(row: unknown): Run {
  const { started_at, ended_at, ...run } = runRow.parse(row);
  return runSchema.parse({ ...run, startedAt: started_at, endedAt: ended_at });
}

const eventRow = z.object({ ...eventSchema.shape, facts: json, problem: json.nullable() });

export function readEvent(row: unknown): FleetEvent {
  return eventSchema.parse(eventRow.parse(row));
}
