import { z } from 'zod';

/**
 * Limits that a service sets to whoever signs in: units for a short time as the service tells of them, units for a long time (a day),
 * bytes, and requests.
 */
export const allowanceKinds = ['quota', 'long-units', 'bytes', 'requests'] as const;

/** How much of a limit is used: so much may be spent within any stretch of so many milliseconds. */
export const allowanceSchema = z.object({
  kind: z.enum(allowanceKinds),
  amount: z.number().positive(),
  windowMs: z.number().positive(),
  used: z.number().nonnegative(),
  /** When the oldest of what is used counts no more, in milliseconds since 1970. */
  freeFrom: z.number(),
});
export type AllowanceState = Readonly<z.infer<typeof allowanceSchema>>;
