import { z } from 'zod';
import { allowanceKinds } from './allowance.ts';
import { limitingFactors } from './wait.ts';

/** What decides when it will be done: what the slots wait for, a limit that the service sets, or one file that goes on alone. */
export const etaLimits = [...limitingFactors, ...allowanceKinds, 'one-file'] as const;
export type EtaLimit = (typeof etaLimits)[number];

/** When it will be done, as a range in milliseconds since 1970. */
export const etaSchema = z.object({
  earliest: z.number(),
  latest: z.number(),
  /** More is still being found: it will be later than this rather than earlier. */
  atLeast: z.boolean(),
  limitedBy: z.enum(etaLimits),
});
export type Eta = Readonly<z.infer<typeof etaSchema>>;
