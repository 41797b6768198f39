import { z } from 'zod';
import { grades, outcomes } from './item.ts';

/** How many, and how much. */
export const tallySchema = z.object({
  files: z.number().int().nonnegative(),
  folders: z.number().int().nonnegative(),
  /** Links, sockets, pipes, devices. */
  others: z.number().int().nonnegative(),
  /** Bytes of the files, as the source says. */
  bytes: z.number().int().nonnegative(),
});

/** See `Counts`. */
export const countsSchema = z.object({
  found: tallySchema,
  byOutcome: z.record(z.enum(outcomes), tallySchema),
  /** Grades of what is at the destination (copied or present), files only. */
  byGrade: z.record(z.enum(grades), z.object({ files: z.number().int(), bytes: z.number().int() })),
  /** Items with this code, whatever their outcome. Keys are catalogue codes. */
  byCode: z.record(z.string(), z.object({ items: z.number().int(), bytes: z.number().int() })),
});
