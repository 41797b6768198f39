/**
 * What the clock on the wall of this machine shows, in its time zone and with its summer time: the day of the week (0 is Sunday) and the
 * minute of that day.
 */
export function localClock(at: number): { readonly weekday: number; readonly minute: number } {
  const date = new Date(at);
  return { weekday: date.getDay(), minute: date.getHours() * 60 + date.getMinutes() };
}
