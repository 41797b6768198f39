import { z } from 'zod';
import { countsSchema } from '../model/counts-schema.ts';
import { etaSchema } from '../model/eta.ts';
import { grades, itemKinds, outcomes } from '../model/item.ts';
import { liveSchema } from '../model/live.ts';
import { progressFalls } from '../model/progress-fall.ts';
import { runStates } from '../model/run.ts';
import { idSchema, runSchema, taskSchema } from '../model/task.ts';
import { limitingFactors } from '../model/wait.ts';
import { eventFactsSchema } from './event-facts.ts';
import { findingSchema, problemSchema } from './fleet.ts';

/** The shapes that cross between the screen and the machine. Times in milliseconds since 1970. */

/** An expected failure or a value: what every procedure that can fail answers. */
export function resultOf<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), problem: problemSchema }),
  ]);
}

export const aboutSchema = z.object({
  version: z.string(),
  machine: z.string(),
  cloud: z.string(),
  /** What host names of its SharePoint end with: `.sharepoint.com`. */
  sharePointHostSuffix: z.string(),
  /** The practice tenant: everything is a rehearsal, and the screen says so. */
  practice: z.boolean(),
  signIn: z.discriminatedUnion('state', [
    z.object({ state: z.literal('none') }),
    z.object({ state: z.literal('ready'), tenant: z.string(), account: z.string() }),
    /** Somebody has to sign in again; until then what is under way waits. */
    z.object({ state: z.literal('needed'), tenant: z.string(), account: z.string(), problem: problemSchema }),
    z.object({ state: z.literal('failed'), problem: problemSchema }),
  ]),
  dataFolder: z.string(),
  /** The first screens were gone through, or skipped. */
  welcomed: z.boolean(),
  /** What happened to the stores when they were opened, if anything: a backup restored, a file kept aside. */
  notices: z.array(problemSchema),
});
export type About = Readonly<z.infer<typeof aboutSchema>>;

/** Speed over the last seconds, and what limits it. */
export const sampleSchema = z.object({
  at: z.number(),
  filesPerSecond: z.number(),
  bytesPerSecond: z.number(),
  limitedBy: z.enum(limitingFactors),
});
export type Sample = Readonly<z.infer<typeof sampleSchema>>;

/** Why progress is lower than it was: more was found, or uploads have to begin again. Null while it is not. */
const progressFellSchema = z.enum(progressFalls).nullable();

/** A task with its last run: a row of the list and the head of its page. */
export const taskRowSchema = z.object({
  task: taskSchema,
  /** When it was put away; null while it is not. */
  archivedAt: z.number().nullable(),
  state: z.enum(['ready', ...runStates]),
  /** Why it waits, failed or stopped, in a code of the catalogue. */
  reason: problemSchema.nullable(),
  run: runSchema.nullable(),
  counts: countsSchema,
  live: liveSchema.nullable(),
  /**
   * Bytes and files done of found, 0..1 by one definition; null until something was found. Not final while scanning.
   * A dry run has none until it is complete: it has nothing to do but to look.
   */
  progress: z.number().min(0).max(1).nullable(),
  progressFell: progressFellSchema,
  sample: sampleSchema.nullable(),
  /** Null while it cannot be known: at the beginning, and while nothing moves. */
  eta: etaSchema.nullable(),
  /** Items with an outcome of `failed`, and findings that are warnings. */
  issues: z.object({ errors: z.number().int(), warnings: z.number().int() }),
});
export type TaskRow = Readonly<z.infer<typeof taskRowSchema>>;

/** All tasks together but those that are put away, for an admin who looks for five seconds. */
export const overviewSchema = z.object({
  at: z.number(),
  /** Tasks in each state; states without a task are left out. */
  tasks: z.partialRecord(z.enum(['ready', ...runStates]), z.number().int()),
  /** How many tasks are put away. Nothing else here tells of them. */
  archived: z.number().int(),
  /** Sums over the last run of every task. */
  counts: countsSchema,
  /** True when nothing but dry runs is at work, or, while nothing is, when there is nothing else. */
  dryRun: z.boolean(),
  /** Of the runs that write; of dry runs alone 1 when all are complete, else null. */
  progress: z.number().min(0).max(1).nullable(),
  /** True while a run is still listing its source: totals will grow. */
  scanning: z.boolean(),
  progressFell: progressFellSchema,
  sample: sampleSchema,
  eta: etaSchema.nullable(),
  throttledUntil: z.number().nullable(),
  requests: z.number().int(),
  resourceUnits: z.number(),
  retries: z.number().int(),
  /** The units of a minute that the service told of, and how many machines share them; absent as long as it told of none. */
  budget: z.object({ unitsAMinute: z.number(), machines: z.number().int().positive() }).optional(),
  agents: z.array(
    z.object({
      machine: idSchema,
      name: z.string(),
      state: z.enum(['working', 'idle', 'paused', 'offline']),
      lastSeen: z.number(),
      sample: sampleSchema,
      inFlight: liveSchema.shape.inFlight,
    }),
  ),
  /** What needs a person: groups of findings by code over all last runs, worst first, at most 50. */
  attention: z.array(
    z.object({
      code: z.string(),
      items: z.number().int(),
      bytes: z.number().int(),
      /** The tasks concerned, at most 10. */
      tasks: z.array(idSchema),
    }),
  ),
});
export type Overview = Readonly<z.infer<typeof overviewSchema>>;

/** Which items: all that is given must be true of them. */
export const itemFilterSchema = z.object({
  outcome: z.enum(outcomes).optional(),
  grade: z.enum(grades).optional(),
  kind: z.enum(itemKinds).optional(),
  code: z.string().optional(),
  /** Part of the name, upper and lower case alike. */
  text: z.string().max(200).optional(),
});
export type ItemFilter = Readonly<z.infer<typeof itemFilterSchema>>;

export const itemRowSchema = z.object({
  item: z.number().int(),
  /** Below the source, '/' between segments; '' for the root. */
  path: z.string(),
  kind: z.enum(itemKinds),
  size: z.number().int(),
  modified: z.number(),
  /** Null for what is gone at the source: no part of what the run found; a finding says deleted or renamed. */
  outcome: z.enum(outcomes).nullable(),
  grade: z.enum(grades).nullable(),
  /** Name at the destination where it was changed. */
  destinationName: z.string().nullable(),
  findings: z.array(findingSchema),
});
export type ItemRow = Readonly<z.infer<typeof itemRowSchema>>;

export const itemPageSchema = z.object({
  items: z.array(itemRowSchema),
  /** For the next page; null on the last. */
  cursor: z.string().nullable(),
  /** How many match altogether, where a counter knows it; null where counting would mean reading all. */
  total: z.number().int().nullable(),
});
export type ItemPage = Readonly<z.infer<typeof itemPageSchema>>;

/** Something that happened. */
export const eventSchema = z.object({
  id: z.number().int(),
  at: z.number(),
  task: idSchema.nullable(),
  /** Who: `you` (a person's order), `coordinator`, or the name of a machine. */
  actor: z.string(),
  facts: eventFactsSchema,
  problem: problemSchema.nullable(),
});
export type FleetEvent = Readonly<z.infer<typeof eventSchema>>;
