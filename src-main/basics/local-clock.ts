import type { WallTime } from '../../src-shared/rules/gentle.ts';

/** What the clock on the wall of this machine shows, in its time zone and with its summer time. */
export function localClock(at: number): WallTime {
  const date = new Date(at);
  return { weekday: date.getDay(), minute: date.getHours() * 60 + date.getMinutes() };
}
