import { z } from 'zod';
import { DAY_MINUTES, holdsAt, MOST_HOURS, weekHours } from './week-hours.ts';

export const LEAST_SHARE = 10;

/** Per cent of the time in which a place may ask the source. Below 10 a run hardly moves and is not told from one that hangs. */
const share = z.number().int().min(LEAST_SHARE).max(100);

export const gentleHoursSchema = z
  .object({
    ...weekHours,
    /** 0: nothing is read. */
    share: z.union([z.literal(0), share]),
  })
  .refine(({ from, to }) => from !== to, 'a range needs a beginning and another end');
export type GentleHours = Readonly<z.infer<typeof gentleHoursSchema>>;

const sharesSchema = z.object({
  /** Outside of all hours. */
  share: share.default(100),
  /** Where ranges meet the smallest share holds. */
  hours: z.array(gentleHoursSchema).max(MOST_HOURS).default([]),
});

/**
 * How much of the source a task takes, so that others can work with it. What it means: rules/gentle.ts. Hours are those on the wall
 * of the machine that reads.
 */
export type Gentle = Readonly<z.infer<typeof sharesSchema>>;

export const gentleSchema = sharesSchema.refine(
  (gentle) => !isNeverRead(gentle),
  'something must be read at some time of the week',
);

/** Whether the source is ever spared. */
export function isGentle({ share: outside, hours }: Gentle): boolean {
  return outside < 100 || hours.some((range) => range.share < 100);
}

export function isSameGentle(one: Gentle, other: Gentle): boolean {
  return JSON.stringify(sharesSchema.parse(one)) === JSON.stringify(sharesSchema.parse(other));
}

/** Per cent at a minute of a day of the week: the smallest of the ranges that hold, else that outside of all. */
export function shareIn({ share: outside, hours }: Gentle, weekday: number, minute: number): number {
  const holding = hours.filter((range) => holdsAt(range, weekday, minute));
  return holding.length === 0 ? outside : Math.min(...holding.map((range) => range.share));
}

/** Whether the hours leave no time to read anything. Shares change only where a range begins or ends, so looking there is enough. */
export function isNeverRead(gentle: Gentle): boolean {
  if (!gentle.hours.some((range) => range.share === 0)) return false;
  const minutes = [0, ...gentle.hours.flatMap(({ from, to }) => [from, to % DAY_MINUTES])];
  const week = [0, 1, 2, 3, 4, 5, 6];
  return week.every((weekday) => minutes.every((minute) => shareIn(gentle, weekday, minute) === 0));
}
