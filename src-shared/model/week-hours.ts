import { z } from 'zod';

export const DAY_MINUTES = 1_440;
/** Ranges to one setting. */
export const MOST_HOURS = 50;

/** Fields of a range of hours that comes again each week. */
export const weekHours = {
  /** Weekdays as `Date` counts them, 0 is Sunday; of a range past midnight those on which it begins. */
  days: z.array(z.number().int().min(0).max(6)).min(1).max(7),
  /** Minute of the day. */
  from: z
    .number()
    .int()
    .min(0)
    .max(DAY_MINUTES - 1),
  /** Minute of the day, not included; below `from` it is one of the day after. */
  to: z.number().int().min(1).max(DAY_MINUTES),
};

export interface WeekHours {
  readonly days: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** Whether a range holds at a minute of a day of the week. */
export function holdsAt({ days, from, to }: WeekHours, weekday: number, minute: number): boolean {
  if (from < to) return days.includes(weekday) && from <= minute && minute < to;
  if (minute >= from) return days.includes(weekday);
  return minute < to && days.includes((weekday + 6) % 7);
}
