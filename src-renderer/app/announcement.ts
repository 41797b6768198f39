/** What was last said aloud to people who listen to the screen. */
export interface Said {
  readonly state: string;
  /** Progress in whole tenths. */
  readonly tenth: number;
}

/**
 * What is worth saying now: a new state, or another tenth done, never each second. Null when nothing is.
 * The first look at a page is not news.
 */
export function announce(before: Said | null, state: string, progress: number | null): Said | null {
  const now = { state, tenth: Math.floor((progress ?? 0) * 10 + 1e-9) };
  if (before && before.state === now.state && before.tenth >= now.tenth) return null;
  return now;
}
