import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { planSchedule } from './plan.ts';
import { play } from './schedule.ts';

/** Some schedules, one after the other, in a thread of their own. */
const share = z
  .object({ seed: z.string(), from: z.number(), to: z.number(), by: z.number() })
  .parse(workerData);

const sum = { played: 0, steps: 0, ms: 0, failed: [] as { seed: string; rule: string; what: string }[] };
/** More than these say nothing new. */
const ENOUGH_FAILED = 5;

for (let no = share.from; no < share.to && sum.failed.length < ENOUGH_FAILED; no += share.by) {
  const seed = `${share.seed}/${no}`;
  const { violation, steps, ms } = await play(planSchedule(seed));
  sum.played += 1;
  sum.steps += steps;
  sum.ms += ms;
  if (violation !== undefined) sum.failed.push({ seed, ...violation });
}
parentPort?.postMessage(sum);
