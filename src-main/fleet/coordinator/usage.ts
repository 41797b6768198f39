import { z } from 'zod';
import { type Counts, countsSchema, emptyCounts } from '../../../src-shared/model/counts.ts';
import type { Live } from '../../../src-shared/model/live.ts';

/** What a run has cost so far. An agent counts from its own start; these are sums over all of them. */
const usageSchema = z.object({
  requests: z.number().nonnegative(),
  resourceUnits: z.number().nonnegative(),
  retries: z.number().nonnegative(),
  bytesSent: z.number().nonnegative(),
  /** Milliseconds during which an agent had the unit. */
  workedMs: z.number().nonnegative(),
});
export type Usage = Readonly<z.infer<typeof usageSchema>>;

export const noUsage: Usage = { requests: 0, resourceUnits: 0, retries: 0, bytesSent: 0, workedMs: 0 };

/** What the coordinator keeps of a run beside its state, written with every beat: it survives both their restarts. */
export const runFactsSchema = z.object({
  counts: countsSchema,
  /** Of grants that are over. */
  past: usageSchema,
  /** Of the grant that is going on: the last that its holder told. */
  current: usageSchema,
  epoch: z.number().int().nonnegative(),
  /** When the present grant was made; its worked time counts from here. */
  since: z.number(),
  /** How a run that is stopping is to be stopped. */
  stopHow: z.enum(['finish', 'stop']).nullable(),
  /** The highest progress that was told, see `progress-fall.ts`. */
  mark: z.object({ progress: z.number(), items: z.number(), bytes: z.number() }).nullable().default(null),
});
export type RunFacts = Readonly<z.infer<typeof runFactsSchema>>;

export const noFacts: RunFacts = {
  counts: emptyCounts(),
  past: noUsage,
  current: noUsage,
  epoch: 0,
  since: 0,
  stopHow: null,
  mark: null,
};

export function addUsage(a: Usage, b: Usage): Usage {
  return {
    requests: a.requests + b.requests,
    resourceUnits: a.resourceUnits + b.resourceUnits,
    retries: a.retries + b.retries,
    bytesSent: a.bytesSent + b.bytesSent,
    workedMs: a.workedMs + b.workedMs,
  };
}

/** Everything that the run has cost. */
export function usageOf(facts: RunFacts): Usage {
  return addUsage(facts.past, facts.current);
}

/** A new grant: its holder counts from nought, what was told before is past. */
export function withGrant(facts: RunFacts, epoch: number, now: number): RunFacts {
  if (epoch === facts.epoch) return facts;
  return { ...facts, past: usageOf(facts), current: noUsage, epoch, since: now };
}

/** What the holder of the present grant tells. */
export function withTold(facts: RunFacts, told: { live: Live; counts: Counts; now: number }): RunFacts {
  const { live, counts, now } = told;
  const current: Usage = {
    requests: Math.max(facts.current.requests, live.requests),
    resourceUnits: Math.max(facts.current.resourceUnits, live.resourceUnits),
    retries: Math.max(facts.current.retries, live.retries),
    bytesSent: Math.max(facts.current.bytesSent, live.bytesSent),
    workedMs: Math.max(facts.current.workedMs, now - facts.since),
  };
  return { ...facts, counts, current };
}
