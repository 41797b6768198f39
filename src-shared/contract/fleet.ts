import { z } from 'zod';
import { isCode } from '../catalogue/catalogue.ts';
import { tallySchema } from '../model/counts-schema.ts';
import { gentleSchema } from '../model/gentle.ts';
import { grades, itemKinds, outcomes } from '../model/item.ts';
import { liveSchema } from '../model/live.ts';
import type { Result } from '../model/problem.ts';
import { idSchema, taskSchema } from '../model/task.ts';
import { type Alarm, budgetAnswerSchema, budgetClaimSchema } from './budget.ts';

/**
 * agent <-> coordinator, on one page. The agent calls `beat` about once a second, and `alarm` when something cannot wait so long; all that it must
 * know comes in the answer. A beat may be lost, doubled or late without harm: results carry numbers, leases carry epochs.
 */
export const FLEET_PROTOCOL = 1;

const codeSchema = z.string().refine(isCode, { message: 'not a code of the catalogue' });

export const findingSchema = z.object({ code: codeSchema, detail: z.string().optional() });

export const problemSchema = z.object({
  code: codeSchema,
  where: z.string().optional(),
  detail: z.string().optional(),
  retryAt: z.number().optional(),
});

/**
 * One item's end on its way to the coordinator. Without `outcome` it is a folder's name, for the paths of what is in it; or
 * something that is gone at the source (findings deleted-at-source, renamed-at-source) and no part of what was found.
 */
export const resultRowSchema = z.object({
  seq: z.number().int().positive(),
  item: z.number().int().positive(),
  parent: z.number().int().nonnegative(),
  name: z.string(),
  kind: z.enum(itemKinds),
  size: z.number().int().nonnegative(),
  modified: z.number(),
  outcome: z.enum(outcomes).optional(),
  grade: z.enum(grades).optional(),
  destinationName: z.string().optional(),
  findings: z.array(findingSchema),
});
export type ResultRow = Readonly<z.infer<typeof resultRowSchema>>;

/**
 * A folder that a part has to do with. It was made, and is counted, by the unit that the part came from.
 * Paths are below the folder of the scope, '/' between segments; '' is that folder itself.
 */
const partFolderSchema = z.object({
  path: z.string(),
  destinationPath: z.string(),
  /** Absent in a dry run, which makes none. */
  destinationId: z.string().optional(),
  /** It was not listed yet: all that is in it belongs to the part. Otherwise only those of `files`. */
  whole: z.boolean(),
});

/** A file that was planned by one machine and is to be copied by another. Times in milliseconds since 1970. */
const partFileSchema = z.object({
  /** Its folder, by its place in `folders`. */
  folder: z.number().int().nonnegative(),
  name: z.string(),
  size: z.number().int().nonnegative(),
  modified: z.number(),
  created: z.number(),
  fileId: z.string().optional(),
  /** Name at the destination where it differs. */
  destinationName: z.string().optional(),
  findings: z.array(findingSchema),
});

/** Which part of its task a unit is; see docs/decisions/0021-units-are-parts-of-a-task.md. */
export const scopeSchema = z.object({
  /** The unit's folder below the task's source, '/' between segments; '' is the source itself. */
  path: z.string(),
  /** The same below the task's destination, after names were changed. */
  destinationPath: z.string(),
  /** Id of that folder at the destination; absent for the task's own, which is resolved by whoever opens it. */
  destinationId: z.string().optional(),
  /** Only these folders and files below the folder, and nothing else of it. */
  part: z
    .object({ folders: z.array(partFolderSchema), files: z.array(partFileSchema).max(2_000) })
    .optional(),
});
export type Scope = Readonly<z.infer<typeof scopeSchema>>;

/** A piece of a unit that its holder gives back. Told with every beat until it is taken. */
const offerSchema = z.object({
  /** Rises by one within the unit, over all of its holders; see `offersTaken` of the grant. */
  no: z.number().int().positive(),
  scope: scopeSchema,
  /** What is known to be in it; of a folder that was not listed, nothing. */
  files: z.number().int().nonnegative(),
  bytes: z.number().int().nonnegative(),
});
export type Offer = Readonly<z.infer<typeof offerSchema>>;

/** An upload under way, so that whoever takes the unit over goes on with it. The token is a secret. */
export const openUploadSchema = z.object({
  /** Of the file, below the unit's folder. */
  path: z.string(),
  token: z.string(),
  expires: z.number(),
  size: z.number().int().nonnegative(),
  modified: z.number(),
  fileId: z.string().optional(),
});
export type OpenUpload = Readonly<z.infer<typeof openUploadSchema>>;

/** What was given away of a unit before it was taken over: folders with all that is in them, or files of a folder. Paths below the unit's folder. */
const givenAwaySchema = z.object({ path: z.string(), files: z.array(z.string()).optional() });
export type GivenAway = Readonly<z.infer<typeof givenAwaySchema>>;

/** How a unit ended on its agent, told in the beat until the coordinator has taken it. */
export const unitEndSchema = z.discriminatedUnion('how', [
  z.object({ how: z.literal('done') }),
  z.object({ how: z.literal('stopped') }),
  z.object({ how: z.literal('failed'), problem: problemSchema }),
]);
export type UnitEnd = Readonly<z.infer<typeof unitEndSchema>>;

const heldUnitSchema = z.object({
  unit: idSchema,
  epoch: z.number().int().positive(),
  /** `paused` is said once every slot is free and every result is in this beat or acknowledged. */
  state: z.enum(['running', 'pausing', 'paused', 'stopping', 'ended']),
  /** What the unit has found so far; absent while its journal is being opened, which is not nothing. */
  found: tallySchema.optional(),
  live: liveSchema,
  /** Set once the unit has ended and every result of it is in this beat or acknowledged. */
  end: unitEndSchema.optional(),
  /** Results since the last acknowledged number, in order, without gaps; at most 2,000. */
  results: z.array(resultRowSchema).max(2_000),
  /** Pieces that it gives back and that the coordinator has not taken yet, in order. */
  offers: z.array(offerSchema).max(64).optional(),
  /** Uploads under way of which much is sent already. */
  uploads: z.array(openUploadSchema).max(64).optional(),
  /**
   * It was granted as one to go on with, and the journal here does not know it (lost, damaged, or another machine had it since). Nothing was
   * done or told under this epoch. It is to be let go, and granted anew as one that is taken over.
   */
  anew: z.literal(true).optional(),
});

/** A source that this machine cannot open, named by a task that needs it. */
const sourceAwaySchema = z.object({ task: idSchema, code: codeSchema, since: z.number() });

export const beatSchema = z.object({
  protocol: z.literal(FLEET_PROTOCOL),
  machine: idSchema,
  /** The machine's name, for people. */
  name: z.string().max(255),
  /** Made anew with each start of the agent: the coordinator sees that it restarted. */
  session: idSchema,
  /** Rises with each beat of a session: one that comes later than its successor is not believed. */
  number: z.number().int().positive(),
  /**
   * Which process of the coordinator answered it last; null: none yet. A beat for another process was made before this one was known, so it may be
   * late: nothing of it is taken, and the answer says who is here. Absent where an agent does not say: then it is taken.
   */
  coordinator: idSchema.nullable().optional(),
  /** How many more units it would take. */
  freeSlots: z.number().int().nonnegative(),
  units: z.array(heldUnitSchema),
  /** Sources that it cannot reach; it looks again from time to time, and says of each only as long as it is so. */
  sourcesAway: z.array(sourceAwaySchema).max(1_000).optional(),
  /** What it has spent and wants, for each sign-in that it has made requests with. */
  budget: z.array(budgetClaimSchema).max(16).optional(),
});
export type Beat = Readonly<z.infer<typeof beatSchema>>;

/** What a unit has to do, as of this answer. `finish` ends with the files in flight, `stop` at once. */
export const orderSchema = z.enum(['work', 'pause', 'finish', 'stop']);
export type Order = z.infer<typeof orderSchema>;

export const grantSchema = z.object({
  unit: idSchema,
  epoch: z.number().int().positive(),
  /** Milliseconds from this answer on for which the lease is good without another beat. */
  leaseMs: z.number().int().positive(),
  /**
   * Results of this unit up to here are safe with the coordinator. What is new gets higher numbers, also from a journal that
   * lost its end in a power cut: under a number that was taken already it would pass for told.
   */
  acknowledged: z.number().int().nonnegative(),
  /** `finish` and `stop`: its results are to be told and nothing more is to be done. */
  order: orderSchema,
  run: z.object({ id: idSchema, number: z.number().int().nonnegative() }),
  task: taskSchema,
  /** The whole task when it is absent. */
  scope: scopeSchema.optional(),
  /**
   * `new`: it was never granted before. `go-on`: this machine had it last, its journal knows it. `take-over`: it is begun anew with an empty
   * journal, for another machine had it or its journal is lost, and the destination may have much of it.
   */
  takeUp: z.enum(['new', 'go-on', 'take-over']),
  /** Offers of this unit up to this number were taken: new ones get higher numbers. */
  offersTaken: z.number().int().nonnegative(),
  /** Of a unit that is taken over: what is not part of it any more. */
  except: z.array(givenAwaySchema),
  /** Of a unit that is taken over: what its former holder had under way. */
  uploads: z.array(openUploadSchema),
});
export type Grant = Readonly<z.infer<typeof grantSchema>>;

export const beatAnswerSchema = z.object({
  granted: z.array(grantSchema),
  /** The units of the beat. One that is missing here was not judged: its lease is as it was. */
  units: z.array(
    z.object({
      unit: idSchema,
      /** False: the lease is lost; drop the unit and write nothing more for it. */
      held: z.boolean(),
      leaseMs: z.number().int().nonnegative(),
      /** Results up to here are safe with the coordinator. */
      acknowledged: z.number().int().nonnegative(),
      order: orderSchema,
      /** How gently the source is to be read from now on; absent when the unit is not held. */
      gentle: gentleSchema.optional(),
      /** So many pieces of it are wanted for machines that have nothing to do, those included that it offers already. */
      giveBack: z.number().int().nonnegative(),
      /** Offers up to this number are units of their own now: they are no part of this one any more. */
      offersTaken: z.number().int().nonnegative(),
      /** The end was taken: forget the unit. */
      ended: z.boolean(),
    }),
  ),
  budget: budgetAnswerSchema.optional(),
  /** The process of the coordinator that answers, see the beat. */
  coordinator: idSchema.optional(),
});
export type BeatAnswer = Readonly<z.infer<typeof beatAnswerSchema>>;

/** The whole contract. In-process for a machine alone, over `wss:` for a joined one. */
export interface FleetContract {
  beat(beat: Beat): Promise<Result<BeatAnswer>>;
  /** Says one thing before the next beat does; absent where there is no way for it. */
  alarm?(alarm: Alarm): void;
}
