import type { Payer } from '../../../src-shared/contract/budget.ts';
import type { Allowance } from '../../budget/allowance.ts';
import type { Limits } from '../../budget/allowances.ts';

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
const personLimits: Limits = {
  ...appLimits,
  bytes: { amount: 50 * GIGABYTE, windowMs: HOUR },
  requests: { amount: 3_000, windowMs: 5 * MINUTE },
};

/**
 * All applications of a tenant together: 15 times the units of a minute of one of them, in five minutes. It binds from the fourth
 * application on.
 */
const tenantLimits: Limits = {
  longUnits: (unitsAMinute) => ({ amount: 15 * unitsAMinute, windowMs: 5 * MINUTE }),
};

/** A budget that Microsoft counts by, and what is drawn from it. */
export interface PotLimits {
  readonly key: string;
  readonly limits: Limits;
}

/** The budgets that a sign-in draws from: that of its application in the tenant first, that of the whole tenant, and that of a person. */
export function potsOf(payer: Payer): readonly PotLimits[] {
  const tenant = payer.tenant.toLowerCase();
  const app = { key: `app ${tenant} ${payer.app.toLowerCase()}`, limits: appLimits };
  const all = { key: `tenant ${tenant}`, limits: tenantLimits };
  if (payer.person === undefined) return [app, all];
  const { bytes, requests } = personLimits;
  return [app, all, { key: `person ${tenant} ${payer.person.toLowerCase()}`, limits: { bytes, requests } }];
}

/** Limits that a single machine keeps to by itself. */
export function limitsOf(payer: Payer): Limits {
  return payer.person === undefined ? appLimits : personLimits;
}
