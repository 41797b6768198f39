import { z } from 'zod';
import { allowanceSchema } from './allowance.ts';
import { waitStates } from './wait.ts';

/** What a running unit is doing this second: facts that are shown and forgotten, never counted from. */
export const liveSchema = z.object({
  /** `scanning` while folders are left to list (files are being copied meanwhile), then `copying`, then `verifying`. */
  phase: z.enum(['starting', 'scanning', 'copying', 'verifying', 'paused', 'ended']),
  /** Bytes acknowledged by the destination since the unit was taken up, including files that are not finished. */
  bytesSent: z.number().nonnegative(),
  /** Milliseconds of slot time in each wait state since the unit was taken up. */
  waits: z.record(z.enum(waitStates), z.number().nonnegative()),
  slots: z.number().int().nonnegative(),
  /** Milliseconds since 1970 until which the service asked to wait; null when it did not. */
  throttledUntil: z.number().nullable(),
  /**
   * What all reading waits for, or that somebody has to sign in: a code of the catalogue, since when, and until when where that is known
   * (milliseconds since 1970). Null while it is read.
   */
  waitsFor: z.object({ code: z.string(), since: z.number(), until: z.number().nullable() }).nullable(),
  /**
   * Up to 16 files in flight: path, bytes sent, size. A holder tells paths below its unit's folder; the screen is shown paths below the
   * source, with the name of the machine.
   */
  inFlight: z
    .array(z.object({ path: z.string(), sent: z.number(), size: z.number(), machine: z.string().optional() }))
    .max(16),
  requests: z.number().int().nonnegative(),
  resourceUnits: z.number().nonnegative(),
  retries: z.number().int().nonnegative(),
  /** How much is used of the limits that the service sets to this agent's sign-in. */
  allowances: z.array(allowanceSchema).max(8).default([]),
});
export type Live = Readonly<z.infer<typeof liveSchema>>;

/** Nothing done yet, in the given phase. */
export function noLive(phase: Live['phase']): Live {
  return {
    phase,
    bytesSent: 0,
    waits: {
      idle: 0,
      listing: 0,
      reading: 0,
      hashing: 0,
      opening: 0,
      sending: 0,
      committing: 0,
      journal: 0,
      throttled: 0,
      budget: 0,
      'backing-off': 0,
      'name-blocked': 0,
      'source-away': 0,
      resting: 0,
      paused: 0,
    },
    slots: 0,
    throttledUntil: null,
    waitsFor: null,
    inFlight: [],
    requests: 0,
    resourceUnits: 0,
    retries: 0,
    allowances: [],
  };
}
