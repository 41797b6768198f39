/** Where signals come from: the process, or a test. */
export interface SignalSource {
  on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  off(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
}

/**
 * A terminal sends Ctrl+C to every process in front of it, and npm and the launcher hand it on once more; what
 * comes within this time is one press.
 */
const SAME_PRESS_MS = 300;

/**
 * Counts Ctrl+C (and the TERM of a service manager), each press once.
 * @param pressed called with 1, 2, 3 ...
 * @returns stops listening
 */
export function onInterrupt(
  signals: SignalSource,
  now: () => number,
  pressed: (times: number) => void,
): () => void {
  let times = 0;
  let last = Number.NEGATIVE_INFINITY;
  const listener = (): void => {
    if (now() - last < SAME_PRESS_MS) return;
    last = now();
    times += 1;
    pressed(times);
  };
  signals.on('SIGINT', listener);
  signals.on('SIGTERM', listener);
  return () => {
    signals.off('SIGINT', listener);
    signals.off('SIGTERM', listener);
  };
}
