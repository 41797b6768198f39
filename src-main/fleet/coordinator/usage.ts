import { z } from 'zod';
import { emptyCounts } from '../../../src-shared/model/counts.ts';
import { countsSchema } from '../../../src-shared/model/counts-schema.ts';
import type { Live } from '../../../src-shared/model/live.ts';
import { addUsage, noUsage, type Usage, usageSchema } from '../../../src-shared/model/usage.ts';

const markSchema = z.object({ progress: z.number(), items: z.number(), bytes: z.number() }).nullable();

const keptSchema = z.object({
  counts: countsSchema,
  /** Everything that it has cost. */
  spent: usageSchema,
  /** How a run that is stopping is to be stopped. */
  stopHow: z.enum(['finish', 'stop']).nullable(),
  /** The highest progress that was told, see `progress-fall.ts`. */
  mark: markSchema.default(null),
});

/** As it was kept while a run was one unit. */
const keptOnceSchema = z
  .object({
    ...keptSchema.omit({ spent: true }).shape,
    past: usageSchema,
    current: usageSchema,
  })
  .transform(({ past, current, ...facts }) => ({ ...facts, spent: addUsage(past, current) }));

/** What the coordinator keeps of a run beside its state: it survives its restart. */
export const runFactsSchema = z.union([keptSchema, keptOnceSchema]);
export type RunFacts = Readonly<z.infer<typeof keptSchema>>;

export const noFacts: RunFacts = { counts: emptyCounts(), spent: noUsage, stopHow: null, mark: null };

/**
 * What a grant has cost by now, by what its holder tells: it counts from the time when it took the unit up, and never less than before.
 * @param since when the grant was made
 */
export function spentBy(before: Usage, live: Live, since: number, now: number): Usage {
  return {
    requests: Math.max(before.requests, live.requests),
    resourceUnits: Math.max(before.resourceUnits, live.resourceUnits),
    retries: Math.max(before.retries, live.retries),
    bytesSent: Math.max(before.bytesSent, live.bytesSent),
    workedMs: Math.max(before.workedMs, now - since),
  };
}
