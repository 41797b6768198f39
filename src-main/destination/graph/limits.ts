import type { Allowance } from '../../budget/allowance.ts';
import type { Limits } from '../../budget/ledger.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const GIGABYTE = 1e9;
/**
 * A day's units are those of 960 minutes, in each of Microsoft's five tiers (1,250 a minute and 1.2 million in 24 hours, up
 * to 6,250 and 6 million): the day binds first.
 */
const MINUTES_A_DAY = 960;

function day(unitsAMinute: number): Allowance {
  return { amount: unitsAMinute * MINUTES_A_DAY, windowMs: 24 * HOUR };
}

/**
 * What Microsoft publishes for one application in one tenant (sp-dev-docs, "Avoid getting throttled", 2025-10). Which tier a
 * tenant is in is not told before RateLimit headers come, from 80 % of a minute's units on.
 */
export const appLimits: Limits = {
  bytes: { amount: 400 * GIGABYTE, windowMs: HOUR },
  quotaWindowMs: MINUTE,
  longUnits: day,
};

/** The same for a person's sign-in, which has limits of its own besides those of the application. */
export const personLimits: Limits = {
  ...appLimits,
  bytes: { amount: 50 * GIGABYTE, windowMs: HOUR },
  requests: { amount: 3_000, windowMs: 5 * MINUTE },
};
