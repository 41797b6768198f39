/** First quick (a restart takes a moment), then patient; a machine that sleeps is not hammered. */
const STEPS_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000] as const;

/**
 * Milliseconds to wait before try number `attempt` (from 0).
 * @param random 0..1: spreads the tries by a fifth, so that many windows do not come back in the same moment
 */
export function backoffMs(attempt: number, random: number): number {
  const step = STEPS_MS[Math.min(attempt, STEPS_MS.length - 1)] ?? 15_000;
  return Math.round(step * (0.9 + random * 0.2));
}
