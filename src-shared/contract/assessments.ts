import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { tallySchema } from '../model/counts-schema.ts';
import { itemKinds } from '../model/item.ts';
import { idSchema } from '../model/task.ts';
import type { FolderNode } from '../survey/folder-tree.ts';
import { readinessStates } from '../survey/survey.ts';
import { resultOf, taskRowSchema } from './console-types.ts';
import { problemSchema } from './fleet.ts';

const whole = z.number().int().nonnegative();

/** A column of a picture; a bound that is null is none. */
const binSchema = z.object({
  from: z.number().nullable(),
  to: z.number().nullable(),
  files: whole,
  bytes: whole,
});
export type SurveyBin = Readonly<z.infer<typeof binSchema>>;
const binsSchema = z.array(binSchema).readonly();

const folderSchema: z.ZodType<FolderNode> = z.lazy(() =>
  z.object({
    ...{ name: z.string(), files: whole, bytes: whole, changes: whole, blocked: whole },
    folders: z.array(folderSchema),
  }),
);

const typeSchema = z.object({ extension: z.string(), files: whole, bytes: whole });

/** What the items of a dry run add up to: kept beside its results, so that they are read once. */
export const surveyFiguresSchema = z.object({
  /** When the run ended, in milliseconds since 1970: ages are counted from here. */
  asOf: z.number(),
  /** Characters of the destination's root, which every path at the destination begins with. */
  rootPathLength: whole,
  readiness: z.record(z.enum(readinessStates), tallySchema),
  toCopy: z.object({ files: whole, folders: whole, bytes: whole, emptyFiles: whole, fragments: whole }),
  sizes: binsSchema,
  ages: binsSchema,
  depths: binsSchema,
  pathLengths: binsSchema,
  types: z.array(typeSchema).readonly(),
  otherTypes: z.object({ types: whole, files: whole, bytes: whole }),
  tree: folderSchema,
  /** The folders directly in the source, largest first; at most 1,000 of `all`. */
  topFolders: z.object({
    all: whole,
    rows: z.array(z.object({ name: z.string(), files: whole, bytes: whole, blocked: whole })).readonly(),
  }),
  /** By code: how many items. Those that are said of the whole are among them. */
  findings: z.record(z.string(), z.object({ items: whole, bytes: whole })),
  /** Codes that are said of the source as a whole: there is no list of items behind them. */
  ofTheWhole: z.array(z.string()).readonly(),
});
export type SurveyFigures = Readonly<z.infer<typeof surveyFiguresSchema>>;

/** Rates of runs that copied something, which take the place of what a forecast assumes. */
const measuredSchema = z.object({
  ...{ runs: whole, files: whole, bytes: whole, seconds: z.number(), newest: z.number() },
  agentBytesPerSecond: z.number().optional(),
  agentFilesPerSecond: z.number().optional(),
  unitsPerFile: z.number().optional(),
});

/** How far an assessment is told: its items are added up once, which takes seconds for a million of them. */
const assessmentSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('adding-up'), done: whole, all: whole }),
  z.object({
    state: z.literal('ready'),
    figures: surveyFiguresSchema,
    /** Null while no run has copied enough to measure something by it. */
    measured: measuredSchema.nullable(),
    /** Why the run did not come to its end; then the figures tell a part. */
    problem: problemSchema.nullable(),
    /** Items that the repair plan is about. */
    renames: whole,
  }),
]);
export type AssessmentView = Readonly<z.infer<typeof assessmentSchema>>;

/** An item of the repair plan: with another name at the destination, or kept back by its name. */
const renameSchema = z.object({
  item: z.number().int(),
  path: z.string(),
  kind: z.enum(itemKinds),
  code: z.string(),
  /** What is wrong with the name, in English. */
  reason: z.string(),
  /** The name by the rules; null where they have none. */
  proposed: z.string().nullable(),
  /** The name that a person gave; it goes before the other from the next run on. */
  given: z.string().nullable(),
});
export type RenameView = Readonly<z.infer<typeof renameSchema>>;

/** Assessments are tasks that write nothing: followed, stopped and put away as other tasks are (`tasks.watch`, `tasks.order`). */
export const assessmentsContract = {
  /**
   * Judges a source, without a destination or for one: the task of both is found or made, and a run begins unless one is under way.
   * Codes: those of `tasks.create`.
   */
  start: oc
    .input(
      z.object({
        source: z.string().regex(/\S/, 'no folder named').max(32_767),
        destination: z.string().trim().min(1).max(2_048).optional(),
      }),
    )
    .output(resultOf(taskRowSchema)),
  /** Newest first. */
  list: oc
    .input(z.object({ cursor: z.string().optional(), limit: z.number().int().min(1).max(200) }))
    .output(z.object({ assessments: z.array(taskRowSchema), cursor: z.string().nullable() })),
  /** The figures of a run that has ended; until they are there, how far they are. Codes: not-found, wrong-state (it goes on, or copies), store-*. */
  watch: oc.input(z.object({ run: idSchema })).output(eventIterator(resultOf(assessmentSchema))),
  /** The repair plan of a run, in pages. Codes: not-found, bad-request (a cursor of nobody), store-*. */
  renames: oc
    .input(
      z.object({ run: idSchema, cursor: z.string().optional(), limit: z.number().int().min(1).max(500) }),
    )
    .output(
      resultOf(
        z.object({
          items: z.array(renameSchema).readonly(),
          cursor: z.string().nullable(),
          total: whole.nullable(),
        }),
      ),
    ),
  /**
   * Gives an item a name of its own from the next run on, or with null the one that the rules find. It is checked as a whole plan is, beside
   * the names that are given to others of its folder. Codes: renames-invalid, wrong-state (a run is under way), not-found, store-*.
   */
  rename: oc
    .input(
      z.object({
        task: idSchema,
        path: z.string().min(1).max(32_767),
        kind: z.enum(['file', 'folder']),
        name: z.string().max(1_000).nullable(),
      }),
    )
    .output(resultOf(z.object({ given: z.string().nullable() }))),
  /** The repair plan as CSV, as `renames.csv` of a report but with the names that were given; piece by piece, the first with its columns. */
  renamesCsv: oc
    .input(z.object({ run: idSchema, cursor: z.string().optional() }))
    .output(resultOf(z.object({ text: z.string(), cursor: z.string().nullable() }))),
};
