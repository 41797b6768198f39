import { z } from 'zod';
import { waitStates } from './wait.ts';

/** What a run did in a stretch of time, and what its slots waited for: one row a minute, later one in ten minutes. */
export const paceRowSchema = z.object({
  /** When it began, in milliseconds since 1970. */
  at: z.number(),
  /** How long it was. */
  ms: z.number().positive(),
  /** Items that got their outcome. */
  items: z.number().nonnegative(),
  /** Bytes that the destination acknowledged. */
  bytes: z.number().nonnegative(),
  resourceUnits: z.number().nonnegative(),
  /** Milliseconds of slot time in each state. */
  waits: z.partialRecord(z.enum(waitStates), z.number().nonnegative()),
});
export type PaceRow = Readonly<z.infer<typeof paceRowSchema>>;

/** Two stretches as one; it begins where the first does. */
export function joined(first: PaceRow, second: PaceRow): PaceRow {
  const waits = { ...first.waits };
  for (const state of waitStates) {
    const more = second.waits[state];
    if (more) waits[state] = (waits[state] ?? 0) + more;
  }
  return {
    at: first.at,
    ms: first.ms + second.ms,
    items: first.items + second.items,
    bytes: first.bytes + second.bytes,
    resourceUnits: first.resourceUnits + second.resourceUnits,
    waits,
  };
}
