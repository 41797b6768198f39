/** Time and chance as the destination uses them: handed in, so that tests hold them in their hands. */
export interface Time {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** 0 <= x < 1 */
  readonly random: () => number;
  /** Resolves after `ms` milliseconds, or as soon as the signal is aborted. Never rejects. */
  readonly sleep: (ms: number, signal?: AbortSignal | undefined) => Promise<void>;
}

/** A sleep by the timers of this machine. */
export function timerSleep(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted === true) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
  });
}
