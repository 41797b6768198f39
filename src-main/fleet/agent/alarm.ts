/** Wakes a loop that waits: what has happened need not wait for the next second. */
export interface Alarm {
  ring(): void;
  /** Waits, at most until the alarm rings (or rang since the last wait) or the signal is aborted. Never rejects. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

const RUNG = 'rung';

export function createAlarm(sleep: (ms: number, signal: AbortSignal) => Promise<void>): Alarm {
  let rung = new AbortController();
  return {
    // With a reason of its own: without one an exception with a trace is made each time.
    ring: () => rung.abort(RUNG),
    async wait(ms, signal) {
      await sleep(ms, AbortSignal.any([signal, rung.signal]));
      if (rung.signal.aborted) rung = new AbortController();
    },
  };
}
