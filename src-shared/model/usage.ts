import { z } from 'zod';

/** What some work has cost so far. An agent counts from the time when it took a unit up; sums are made of it where it is kept. */
export const usageSchema = z.object({
  requests: z.number().nonnegative(),
  resourceUnits: z.number().nonnegative(),
  retries: z.number().nonnegative(),
  bytesSent: z.number().nonnegative(),
  /** Milliseconds during which an agent had a unit; of several at a time the sum. */
  workedMs: z.number().nonnegative(),
});
export type Usage = Readonly<z.infer<typeof usageSchema>>;

export const noUsage: Usage = { requests: 0, resourceUnits: 0, retries: 0, bytesSent: 0, workedMs: 0 };

export function addUsage(a: Usage, b: Usage): Usage {
  return {
    requests: a.requests + b.requests,
    resourceUnits: a.resourceUnits + b.resourceUnits,
    retries: a.retries + b.retries,
    bytesSent: a.bytesSent + b.bytesSent,
    workedMs: a.workedMs + b.workedMs,
  };
}

/** `a` without `b`. */
export function lessUsage(a: Usage, b: Usage): Usage {
  return {
    requests: a.requests - b.requests,
    resourceUnits: a.resourceUnits - b.resourceUnits,
    retries: a.retries - b.retries,
    bytesSent: a.bytesSent - b.bytesSent,
    workedMs: a.workedMs - b.workedMs,
  };
}
