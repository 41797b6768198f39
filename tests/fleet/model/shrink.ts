import type { Plan } from './plan.ts';
import { type Outcome, play } from './schedule.ts';

/** Tries that shrinking takes at most. */
const MOST_TRIES = 200;

/**
 * Makes a schedule that fails smaller, as long as it breaks the same rule: without a fault, without what slows down. What happens by chance
 * stays the same by its seed, yet falls on other things: so the smallest is not always found.
 */
export async function shrink(plan: Plan, rule: string): Promise<{ plan: Plan; outcome: Outcome }> {
  let smallest = { plan, outcome: await play(plan, { traced: true }) };
  let tries = 0;
  for (let again = true; again && tries < MOST_TRIES; ) {
    again = false;
    for (const smaller of smallerThan(smallest.plan)) {
      tries += 1;
      const outcome = await play(smaller, { traced: true });
      if (outcome.violation?.rule !== rule) continue;
      smallest = { plan: smaller, outcome };
      again = true;
      break;
    }
  }
  return smallest;
}

function* smallerThan(plan: Plan): Iterable<Plan> {
  for (let at = plan.faults.length - 1; at >= 0; at -= 1)
    yield { ...plan, faults: plan.faults.toSpliced(at, 1) };
  if (plan.lateness.some((lateness) => lateness > 1)) yield { ...plan, lateness: plan.lateness.map(() => 1) };
  if (plan.storeMs > 0) yield { ...plan, storeMs: 0 };
}

/** All that there is to know of a schedule that fails, for people. */
export async function explain(plan: Plan, rule: string): Promise<string> {
  const { plan: small, outcome } = await shrink(plan, rule);
  return [
    `schedule ${plan.seed}: ${rule}`,
    `made smaller, from ${plan.faults.length} faults to ${small.faults.length}: ${JSON.stringify(small)}`,
    ...outcome.trace,
    `again: CONVOY_SCHEDULE=${plan.seed} npx vitest run tests/fleet/model/model.test.ts`,
  ].join('\n');
}
