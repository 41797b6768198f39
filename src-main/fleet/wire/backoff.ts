const FIRST_MS = 100;
/** A coordinator that was started again has its machines back within five seconds, however long it was away. */
const LONGEST_MS = 3_000;
/** Whoever was sent away asks again now and then: somebody may change their mind. */
const REFUSED_MS = 30_000;

/**
 * Milliseconds until the next try. Spread by chance, so that a fleet does not come back in one moment.
 * @param tries that failed since the last connection
 */
export function pauseBefore(tries: number, refused: boolean, random: () => number): number {
  const most = refused ? REFUSED_MS : Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(tries, 10));
  return Math.round(most * (0.5 + random() / 2));
}
