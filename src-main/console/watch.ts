/** Time for a subscription, handed in. */
export interface WatchClock {
  /** Resolves after `ms`, or as soon as the signal is aborted; never rejects. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Between two batches of a subscription: people read no faster, and a screen need not draw more often. */
export const WATCH_MS = 1_000;

/**
 * Sends what `look` sees now, and again each second, until the consumer goes away or the machine closes.
 * @param news asked before each look: its abort is worth another look at once. For what happens seldom
 */
export async function* watch<T>(
  look: () => T,
  clock: WatchClock,
  signals: readonly (AbortSignal | undefined)[],
  news: () => AbortSignal | undefined = nothingNew,
): AsyncGenerator<T, void, void> {
  const signal = AbortSignal.any(signals.filter((given) => given !== undefined));
  while (!signal.aborted) {
    const soon = news();
    yield look();
    await clock.sleep(WATCH_MS, soon ? AbortSignal.any([signal, soon]) : signal);
  }
}

function nothingNew(): undefined {
  return undefined;
}
