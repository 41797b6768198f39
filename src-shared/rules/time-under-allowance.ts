import type { AllowanceState } from '../model/allowance.ts';

/** This part is spent as fast as it is wanted, see `SpreadAllowance` in src-main/budget. */
const FREELY = 0.5;

/**
 * The least time in which an amount can be spent under an allowance, in milliseconds. Half of it goes at once; what is left then is
 * spread until the oldest spending counts no more; from there on it comes back as it was spent, and in the long run as it flows.
 */
export function timeUnderAllowance(
  amount: number,
  { amount: most, windowMs, used: told, freeFrom }: AllowanceState,
  now: number,
): number {
  const used = Math.min(told, most);
  const free = Math.max(0, most * FREELY - used);
  if (amount <= free) return 0;
  const spread = most - Math.max(used, most * FREELY);
  // Nothing spent yet: what is spent now counts for the whole window.
  const untilFree = used === 0 ? windowMs : Math.min(windowMs, Math.max(0, freeFrom - now));
  const rest = amount - free;
  if (rest <= spread) return (rest / spread) * untilFree;
  const later = rest - spread;
  const comesBack = used;
  const backMs = windowMs - untilFree;
  if (later <= comesBack && comesBack > 0) return untilFree + (later / comesBack) * backMs;
  // What went at once comes back at once, a window later.
  return windowMs + (Math.max(0, later - comesBack - free) / most) * windowMs;
}
