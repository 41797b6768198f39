import { z } from 'zod';
import { idSchema } from '../model/task.ts';
import { problemSchema } from './fleet.ts';
import { listenWishSchema } from './listen-wish.ts';
import { nameSchema, placeSchema, publicKeySchema } from './wire-parts.ts';

/**
 * How a coordinator hands the fleet over to a machine that has joined it, over the connection of that machine (docs/decisions/0029-moving-the-coordinator.md).
 * The coordinator asks, names what there is to fetch (once while the fleet is at work, once when it rests), and answers what is fetched; the machine says
 * when it has all of it. That the coordinator has moved is none of these messages: it is `moved`, which all machines hear.
 */

/** The largest piece of a file, in bytes. */
export const PIECE_BYTES = 1024 * 1024;

/** A file by its name below the data folder. No other name is ever read or written. */
export const handedFileSchema = z.object({
  name: z
    .string()
    .regex(/^(fleet\.db|runs\/[a-z0-9-]{4,64}\.db(-wal)?|work\/[a-z0-9-]{4,64}\.(names|people)\.json)$/),
  bytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type HandedFile = Readonly<z.infer<typeof handedFileSchema>>;

/** Rows of the tables of which none may be missing afterwards. */
export const handedCountsSchema = z.object({
  tasks: z.number().int().nonnegative(),
  runs: z.number().int().nonnegative(),
  units: z.number().int().nonnegative(),
  pace: z.number().int().nonnegative(),
  plans: z.number().int().nonnegative(),
  rules: z.number().int().nonnegative(),
});
export type HandedCounts = Readonly<z.infer<typeof handedCountsSchema>>;

const files = z.array(handedFileSchema);

/** From the coordinator. */
export const toHeirSchema = z.discriminatedUnion('step', [
  z.object({ step: z.literal('ask'), listen: listenWishSchema }),
  /** What has ended already: it may be fetched while the fleet is at work. */
  z.object({ step: z.literal('early'), files }),
  /** Everything there is. `former`: what the coordinator is from then on, a machine like the others. */
  z.object({
    step: z.literal('all'),
    files,
    counts: handedCountsSchema,
    former: z.object({ machine: idSchema, name: nameSchema, key: publicKeySchema }),
  }),
  z.object({ step: z.literal('piece'), data: z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/) }),
  /** Nothing comes of it: the coordinator stays what it is. */
  z.object({ step: z.literal('off') }),
]);
export type ToHeir = Readonly<z.infer<typeof toHeirSchema>>;

/** From the machine that is to be the coordinator. */
export const fromHeirSchema = z.discriminatedUnion('step', [
  /** It listens there, and lets nobody in yet. */
  z.object({ step: z.literal('ready'), place: placeSchema, key: publicKeySchema }),
  z.object({
    step: z.literal('fetch'),
    name: handedFileSchema.shape.name,
    offset: z.number().int().nonnegative(),
  }),
  /** All that was named is here, and is what it was there. */
  z.object({ step: z.literal('have') }),
  z.object({ step: z.literal('unable'), problem: problemSchema }),
]);
export type FromHeir = Readonly<z.infer<typeof fromHeirSchema>>;
