/**
 * What a slot of an agent is doing or waiting for; every slot always has exactly one. The share of time
 * in each names the limiting factor. The idea of naming states after what is waited for is AzCopy's.
 */
export const waitStates = [
  'idle',
  'listing',
  'reading',
  'hashing',
  'opening',
  'sending',
  'committing',
  'journal',
  'throttled',
  'budget',
  'backing-off',
  'name-blocked',
  'source-away',
  'resting',
  'paused',
] as const;
export type WaitState = (typeof waitStates)[number];

/** What limits the speed of a run, in the words of the screen. */
export const limitingFactors = [
  'source',
  'network',
  'service',
  'throttling',
  'budget',
  'machine',
  'blocked-names',
  'source-away',
  'gentle-mode',
  'paused',
  'nothing',
] as const;
export type LimitingFactor = (typeof limitingFactors)[number];

const factorOf: Readonly<Record<WaitState, LimitingFactor>> = {
  idle: 'nothing',
  listing: 'source',
  reading: 'source',
  hashing: 'machine',
  opening: 'service',
  sending: 'network',
  committing: 'service',
  journal: 'machine',
  throttled: 'throttling',
  budget: 'budget',
  'backing-off': 'service',
  'name-blocked': 'blocked-names',
  'source-away': 'source-away',
  resting: 'gentle-mode',
  paused: 'paused',
};

/** The time that each factor but `nothing` took, slots that were idle left out. */
export function factorTimes(
  times: Readonly<Partial<Record<WaitState, number>>>,
): ReadonlyMap<LimitingFactor, number> {
  const sums = new Map<LimitingFactor, number>();
  for (const state of waitStates) {
    const factor = factorOf[state];
    if (factor !== 'nothing') sums.set(factor, (sums.get(factor) ?? 0) + (times[state] ?? 0));
  }
  return sums;
}

/**
 * The factor with the largest share of the slots' time; `nothing` only when every slot was idle.
 * @param times milliseconds spent in each state over the last period, all slots together
 */
export function limitingFactor(times: Readonly<Partial<Record<WaitState, number>>>): LimitingFactor {
  const [largest] = [...factorTimes(times)].sort((a, b) => b[1] - a[1]);
  return largest && largest[1] > 0 ? largest[0] : 'nothing';
}
