import type { WatchClock } from './watch.ts';

/** Between two tries to find somebody to watch. */
const AGAIN_MS = 500;

/**
 * Passes on what a subscription sends, and subscribes again when whoever answers it went away or is another one now, until the
 * consumer goes away or the machine closes. A subscription that ends while its source stays is over.
 */
export async function* keepWatching<S, T>(
  source: () => S | undefined,
  open: (source: S, signal: AbortSignal) => Promise<AsyncIterable<T>>,
  clock: WatchClock,
  signals: readonly (AbortSignal | undefined)[],
): AsyncGenerator<T, void, void> {
  const signal = AbortSignal.any(signals.filter((given) => given !== undefined));
  while (!signal.aborted) {
    const from = source();
    if (from === undefined) {
      await clock.sleep(AGAIN_MS, signal);
      continue;
    }
    const ends = new AbortController();
    const either = AbortSignal.any([signal, ends.signal]);
    try {
      for await (const seen of await open(from, either)) {
        yield seen;
        if (source() !== from) break;
      }
      if (source() === from) return;
    } catch (error) {
      if (signal.aborted) return;
      if (source() === from) throw error;
    } finally {
      ends.abort();
    }
  }
}
