import { z } from 'zod';
import { itemFilterSchema } from './console-types.ts';

/** From a bound, included, up to another, not included; a bound that is missing is none. */
const rangeSchema = z.object({ from: z.number().optional(), to: z.number().optional() });
export type Range = Readonly<z.infer<typeof rangeSchema>>;

/** What the pictures of an assessment are made of: all that is given must be true of an item. What is gone at the source has no traits. */
export const itemTraitsSchema = z.object({
  /** Of what can be copied: as it is, or with another name or date. What cannot is asked for by its outcome. */
  readiness: z.enum(['ready', 'changes']).optional(),
  /** Bytes. */
  size: rangeSchema.optional(),
  /** Milliseconds since 1970. */
  modified: rangeSchema.optional(),
  /** Folders between the source and the item. */
  depth: rangeSchema.optional(),
  /** Characters that its path takes at the destination, from the destination's root on and with the first `/`. */
  pathLength: rangeSchema.optional(),
  /** What stands after the last dot, in lower case; '' for names without one. */
  extension: z.string().max(255).optional(),
  /** Path of a folder: what lies in it, at any depth. */
  below: z.string().max(32_767).optional(),
});
export type ItemTraits = Readonly<z.infer<typeof itemTraitsSchema>>;

/** Which items of a run: a filter, and of an assessment also what its pictures say. */
export const itemQuerySchema = itemFilterSchema.extend({ traits: itemTraitsSchema.optional() });
export type ItemQuery = Readonly<z.infer<typeof itemQuerySchema>>;
