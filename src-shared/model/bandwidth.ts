import { z } from 'zod';
import { holdsAt, MOST_HOURS, weekHours } from './week-hours.ts';

const rate = z.number().positive().max(1e12).nullable();

const hoursSchema = z
  .object({
    ...weekHours,
    /** Bytes a second; 0: nothing is sent. Null: as many as there are. */
    bytesPerSecond: z.union([z.literal(0), rate]),
  })
  .refine(({ from, to }) => from !== to, 'a range needs a beginning and another end');

/** How much of a line a machine may take for what it sends. Hours are those on the wall of the coordinator. */
export const bandwidthSchema = z.object({
  /** Bytes a second outside of all hours; null: as many as there are. */
  bytesPerSecond: rate,
  /** Where ranges meet the smallest holds. */
  hours: z.array(hoursSchema).max(MOST_HOURS).default([]),
});
export type Bandwidth = Readonly<z.infer<typeof bandwidthSchema>>;

/** Bytes a second at a time of the week; infinite where they are not limited. */
export function bandwidthAt({ bytesPerSecond, hours }: Bandwidth, weekday: number, minute: number): number {
  const holding = hours.filter((range) => holdsAt(range, weekday, minute));
  const rates = holding.length === 0 ? [bytesPerSecond] : holding.map((range) => range.bytesPerSecond);
  return Math.min(...rates.map((one) => one ?? Number.POSITIVE_INFINITY));
}
