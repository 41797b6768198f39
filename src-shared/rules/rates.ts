/**
 * Speed, from cumulative counts. Pure: whoever calls brings the time.
 *
 * The window is restic's idea (internal/ui/backup/rate_estimator.go): ticks of about a second, at most two minutes of
 * them, so that the figure is steady on fast lines as well as on throttled ones.
 */

/** Milliseconds since 1970, and what was done until then. */
export interface Tick {
  readonly at: number;
  readonly files: number;
  readonly bytes: number;
}

/** Ticks of the last two minutes, oldest first. */
export type RateWindow = readonly Tick[];

export interface Speed {
  readonly filesPerSecond: number;
  readonly bytesPerSecond: number;
}

const BUCKET_MS = 1_000;
const WINDOW_MS = 120_000;
/** Speed as it is shown: of the last seconds. */
const SHOWN_MS = 10_000;

export const noRates: RateWindow = [];

/** Takes the counts of now. Several calls within one second move that second's tick; counts that fall start anew. */
export function addTick(window: RateWindow, tick: Tick): RateWindow {
  const last = window.at(-1);
  if (last && (tick.files < last.files || tick.bytes < last.bytes || tick.at < last.at)) return [tick];
  const before = window.at(-2);
  const settled = last && before && last.at - before.at < BUCKET_MS ? window.slice(0, -1) : window;
  // One tick older than the window stays as the one to measure from.
  let from = 0;
  while ((settled[from + 1]?.at ?? Number.POSITIVE_INFINITY) <= tick.at - WINDOW_MS) from += 1;
  return [...settled.slice(from), tick];
}

/** Speed over the last `spanMs` of the window; zero where there is no history. */
export function speed(window: RateWindow, now: number, spanMs = SHOWN_MS): Speed {
  const first = window.findLast((tick) => tick.at <= now - spanMs) ?? window[0];
  const last = window.at(-1);
  if (!first || !last || now <= first.at) return { filesPerSecond: 0, bytesPerSecond: 0 };
  const seconds = (now - first.at) / 1_000;
  return {
    filesPerSecond: (last.files - first.files) / seconds,
    bytesPerSecond: (last.bytes - first.bytes) / seconds,
  };
}
