import { z } from 'zod';
import { isCode } from '../catalogue/catalogue.ts';
import { tallySchema } from '../model/counts.ts';
import { gentleSchema } from '../model/gentle.ts';
import { grades, itemKinds, outcomes } from '../model/item.ts';
import { liveSchema } from '../model/live.ts';
import type { Result } from '../model/problem.ts';
import { idSchema, taskSchema } from '../model/task.ts';

/**
 * agent <-> coordinator, on one page. The agent calls `beat` about once a second and nothing else; all that it must
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
});

export const beatSchema = z.object({
  protocol: z.literal(FLEET_PROTOCOL),
  machine: idSchema,
  /** The machine's name, for people. */
  name: z.string().max(255),
  /** Made anew with each start of the agent: the coordinator sees that it restarted. */
  session: idSchema,
  /** Rises with each beat of a session: one that comes later than its successor is not believed. */
  number: z.number().int().positive(),
  /** How many more units it would take. */
  freeSlots: z.number().int().nonnegative(),
  units: z.array(heldUnitSchema),
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
      /** The end was taken: forget the unit. */
      ended: z.boolean(),
    }),
  ),
});
export type BeatAnswer = Readonly<z.infer<typeof beatAnswerSchema>>;

/** The whole contract. In-process for a machine alone, over `wss:` for a joined one. */
export interface FleetContract {
  beat(beat: Beat): Promise<Result<BeatAnswer>>;
}
