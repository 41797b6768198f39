import type { Command } from 'commander';
import { z } from 'zod';
import { type Gentle, gentleSchema, isNeverRead, LEAST_SHARE } from '../../src-shared/model/gentle.ts';
import { MOST_HOURS } from '../../src-shared/model/week-hours.ts';
import { parseGentleHours } from '../../src-shared/rules/gentle-text.ts';

const shareTakes = `a whole number of per cent from ${LEAST_SHARE} to 100`;
const share = z
  .string()
  .regex(/^\d{1,3}\s*%?$/, { error: shareTakes, abort: true })
  .transform((text) => Number(text.replace('%', '')))
  .refine((percent) => percent >= LEAST_SHARE && percent <= 100, shareTakes)
  .optional();

const hoursTake = `days and hours with per cent from ${LEAST_SHARE} to 100, or 0 for nothing, such as "Mon-Fri 08:00-18:00=25", "22:00-06:00=100" or "Sat,Sun=0"`;
const hours = z
  .array(z.string())
  .refine((texts) => texts.every((text) => parseGentleHours(text) !== undefined), {
    error: hoursTake,
    abort: true,
  })
  .transform((texts) => texts.flatMap((text) => parseGentleHours(text) ?? []))
  .refine((ranges) => ranges.length <= MOST_HOURS, { error: `at most ${MOST_HOURS} ranges`, abort: true })
  .refine(
    (ranges) => !isNeverRead({ share: 100, hours: ranges }),
    'hours that leave some time of the week to read in',
  )
  .optional();

/** What may be said about sparing the source, after commander has taken it apart. */
export const gentleOptions = { gentle: share, gentleHours: hours };
type GentleOptions = z.infer<z.ZodObject<typeof gentleOptions>>;

/**
 * How gently the source is to be read.
 * @returns undefined when nothing was said of it: then that holds that the task has
 */
export function saidGentle({ gentle, gentleHours }: GentleOptions): Gentle | undefined {
  if (gentle === undefined && gentleHours === undefined) return undefined;
  return gentleSchema.parse({ share: gentle, hours: gentleHours });
}

/** Lets a command be told about sparing the source. */
export function withGentle(command: Command): Command {
  return command
    .optionsGroup(
      'Gentle mode (others work with the source; kept with the task until something else is said):',
    )
    .option(
      '--gentle <percent>',
      'read with at most two calls at once, and only this part of the time; 100: as fast as it goes',
    )
    .option(
      '--gentle-hours <hours>',
      'other per cents at these hours of this computer\'s clock, 0: read nothing; "Mon-Fri 08:00-18:00=25", "Sat,Sun=0"; may be said again, the smallest holds',
      (text: string, before: readonly string[] | undefined) => [...(before ?? []), text],
    );
}
