/**
 * Speed and time to go, from cumulative counts. Pure: whoever calls brings the time.
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
/** With less history than this no time to go is named. */
const MIN_HISTORY_MS = 5_000;

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

/**
 * When the rest will be done, as a range of milliseconds since 1970; null while nothing can be said. What is
 * slower decides, files or bytes; the range lies between the speed of the last seconds and that of the whole window.
 */
export function timeToGo(
  window: RateWindow,
  rest: { readonly files: number; readonly bytes: number },
  now: number,
): { readonly earliest: number; readonly latest: number } | null {
  if (rest.files <= 0 && rest.bytes <= 0) return { earliest: now, latest: now };
  const first = window[0];
  if (!first || now - first.at < MIN_HISTORY_MS) return null;
  const spans = [SHOWN_MS, WINDOW_MS / 4, WINDOW_MS];
  const seconds = spans.map((span) => secondsFor(rest, speed(window, now, span))).filter(Number.isFinite);
  if (seconds.length === 0) return null;
  return { earliest: now + Math.min(...seconds) * 1_000, latest: now + Math.max(...seconds) * 1_000 };
}

function secondsFor(rest: { readonly files: number; readonly bytes: number }, at: Speed): number {
  const files = rest.files > 0 ? rest.files / at.filesPerSecond : 0;
  const bytes = rest.bytes > 0 ? rest.bytes / at.bytesPerSecond : 0;
  return Math.max(files, bytes);
}
