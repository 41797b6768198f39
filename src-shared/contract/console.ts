import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { bandwidthSchema } from '../model/bandwidth.ts';
import { countsSchema } from '../model/counts-schema.ts';
import { filtersSchema } from '../model/filters.ts';
import { gentleSchema } from '../model/gentle.ts';
import { paceRowSchema } from '../model/pace.ts';
import { machineRulesSchema, taskPlanSchema } from '../model/plan.ts';
import { taskRulesSchema, taskSettingsSchema } from '../model/settings.ts';
import { idSchema, runSchema, taskSchema } from '../model/task.ts';
import { usageSchema } from '../model/usage.ts';
import { assessmentsContract } from './assessments.ts';
import {
  aboutSchema,
  eventSchema,
  itemPageSchema,
  overviewSchema,
  resultOf,
  sampleSchema,
  taskRowSchema,
} from './console-types.ts';
import { fleetAdminContract } from './fleet-admin.ts';
import { itemQuerySchema } from './item-query.ts';
import { machineRowSchema } from './machine-row.ts';
import { MOST_FILE_CHARACTERS } from './message-limits.ts';
import { signInContract } from './sign-in.ts';

/** What a person says about a new task. */
const wishSchema = z.object({
  name: z.string().trim().max(200).optional(),
  /** Exactly as given: a space at its end is part of a name, and another folder may have it without. */
  source: z.string().regex(/\S/, 'no folder named').max(32_767),
  destination: z.string().trim().min(1).max(2_048),
  settings: taskSettingsSchema.partial().optional(),
  /** An assessment of the source, or of a folder above it: names that were given there are taken over. */
  namesOf: idSchema.optional(),
});

/**
 * What is the same wherever it is asked in a fleet: a machine that has joined another asks the coordinator.
 * Lists are keyset pages; `watch` sends at most one small batch a second.
 */
export const sharedConsoleContract = {
  overview: {
    watch: oc.output(eventIterator(overviewSchema)),
    /** Samples of all runs together, oldest first: one a second for the last 15 minutes. */
    series: oc.output(z.array(sampleSchema)),
  },
  tasks: {
    list: oc
      .input(
        z.object({
          cursor: z.string().optional(),
          limit: z.number().int().min(1).max(200),
          /** Those that are not put away, those that are, or all. */
          shelf: z.enum(['present', 'archived', 'all']).default('present'),
        }),
      )
      .output(z.object({ tasks: z.array(taskRowSchema), cursor: z.string().nullable() })),
    get: oc.input(z.object({ task: idSchema })).output(resultOf(taskRowSchema)),
    watch: oc.input(z.object({ task: idSchema })).output(eventIterator(resultOf(taskRowSchema))),
    runs: oc
      .input(z.object({ task: idSchema }))
      .output(z.array(z.object({ run: runSchema, counts: countsSchema, usage: usageSchema }))),
    /** What a run did and waited for over time, oldest first. Empty for one that is not known. */
    pace: oc.input(z.object({ run: idSchema })).output(z.array(paceRowSchema)),
    /**
     * Looks whether a task could be made of this, and keeps nothing: the source as it would be kept, the name that the task would have, the
     * place as SharePoint names it. Codes: those of {@link create}.
     */
    check: oc
      .input(wishSchema)
      .output(resultOf(z.object({ source: z.string(), name: z.string(), place: z.string() }))),
    /** Checks source and destination before anything is kept. */
    create: oc.input(wishSchema).output(resultOf(taskSchema)),
    /**
     * Keeps a repair plan for a task, in place of the one before: CSV with the columns `path`, `kind` and `name after`, as the report has it
     * in `renames.csv`. Its names go before those of the rules from the next run on. Codes: renames-invalid, wrong-state (a run is under way).
     */
    giveNames: oc
      .input(z.object({ task: idSchema, csv: z.string().max(MOST_FILE_CHARACTERS) }))
      .output(resultOf(z.object({ names: z.number().int() }))),
    /**
     * Keeps a list of people for a task, in place of the one before: CSV with the account of an owner at the source, the person's sign-in name at
     * the destination, and TRUE for groups, which are passed over. Codes: people-invalid, wrong-state (a run is under way).
     */
    givePeople: oc
      .input(z.object({ task: idSchema, csv: z.string().max(MOST_FILE_CHARACTERS) }))
      .output(resultOf(z.object({ people: z.number().int() }))),
    /** That list, as pairs of account and sign-in name: whoever works on the task needs it. */
    people: oc
      .input(z.object({ task: idSchema }))
      .output(resultOf(z.array(z.tuple([z.string(), z.string()])))),
    /**
     * Gives a task other filters, from the next run on. A run that goes on has begun with those of that time: then only the same ones
     * are taken. Codes: not-found, wrong-state (a run is under way).
     */
    setFilters: oc
      .input(z.object({ task: idSchema, filters: filtersSchema }))
      .output(resultOf(taskRowSchema)),
    /** How gently the source of a task is read from now on; a run that goes on follows within seconds. Code: not-found. */
    setGentle: oc.input(z.object({ task: idSchema, gentle: gentleSchema })).output(resultOf(taskRowSchema)),
    /**
     * Other rules for conflicts, deletions, moves, authors and the hashes that are kept, from the next run on; those that are not named stay. While a run goes on only the same ones
     * are taken. Codes: not-found, wrong-state.
     */
    setRules: oc.input(z.object({ task: idSchema, rules: taskRulesSchema })).output(resultOf(taskRowSchema)),
    /** Who works on a task, and when. Code: not-found. */
    plan: oc.input(z.object({ task: idSchema })).output(resultOf(taskPlanSchema)),
    /** The same from now on, also for a run that goes on. Code: not-found. */
    setPlan: oc.input(z.object({ task: idSchema, plan: taskPlanSchema })).output(resultOf(taskRowSchema)),
    /**
     * `start` begins a new run; `finish` lets the files in flight end, `stop` does not. `archive` puts a task away that has no
     * run under way, with everything; `restore` and `start` bring it back.
     */
    order: oc
      .input(
        z.object({
          task: idSchema,
          order: z.enum(['start', 'pause', 'resume', 'finish', 'stop', 'archive', 'restore']),
        }),
      )
      .output(resultOf(taskRowSchema)),
  },
  machines: {
    /** All machines that ever worked for the fleet, those that were heard of first come first; the whole list each second. */
    watch: oc.output(eventIterator(z.array(machineRowSchema))),
    /** What a machine may do for the fleet, from now on. Code: not-found. */
    setRules: oc
      .input(z.object({ machine: idSchema, rules: machineRulesSchema }))
      .output(resultOf(machineRowSchema)),
    /** How much of its line a machine takes from now on for what it sends; it follows within seconds. Code: not-found. */
    setBandwidth: oc
      .input(z.object({ machine: idSchema, bandwidth: bandwidthSchema }))
      .output(resultOf(bandwidthSchema)),
  },
  items: {
    page: oc
      .input(
        z.object({
          run: idSchema,
          filter: itemQuerySchema,
          cursor: z.string().optional(),
          limit: z.number().int().min(1).max(500),
        }),
      )
      .output(resultOf(itemPageSchema)),
  },
  assessments: assessmentsContract,
  events: {
    page: oc
      .input(
        z.object({
          before: z.number().int().optional(),
          task: idSchema.optional(),
          limit: z.number().int().min(1).max(200),
        }),
      )
      .output(z.array(eventSchema)),
  },
  reports: {
    /** Writes the report files of a run and says where: summary (HTML, JSON) and items (CSV). */
    write: oc
      .input(z.object({ run: idSchema }))
      .output(resultOf(z.object({ folder: z.string(), files: z.array(z.string()) }))),
  },
};
export type SharedConsoleContract = typeof sharedConsoleContract;

/**
 * screen <-> machine, the whole of it. Answered in src-main/console; reached by MessagePort in the desktop app,
 * by WebSocket in a browser, directly in tests.
 */
export const consoleContract = {
  machine: {
    about: oc.output(aboutSchema),
    /** Keeps that the first screens were gone through, or skipped: they do not come by themselves again. */
    welcome: oc.output(aboutSchema),
  },
  fleet: fleetAdminContract,
  signIn: signInContract,
  ...sharedConsoleContract,
};
export type ConsoleContract = typeof consoleContract;
