/** So long after the last beat that was answered a slice is kept whole: lost beats and a coordinator that starts again are nothing. */
const KEPT_MS = 10_000;
/** Then it is halved each time that so long has gone by. */
const HALVED_MS = 10_000;
/** Less than this part is nothing: whoever was not heard of so long spends nothing any more, and what it had is free again. */
const NOTHING_BELOW = 0.001;

/**
 * The part of a slice that is left to an agent which had no answer for so many milliseconds. The agent keeps to it, and the coordinator
 * reckons with it: what one has lost, others may have.
 */
export function partLeft(silentMs: number): number {
  if (silentMs <= KEPT_MS) return 1;
  const part = 0.5 ** ((silentMs - KEPT_MS) / HALVED_MS);
  return part < NOTHING_BELOW ? 0 : part;
}
