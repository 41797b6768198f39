import { type Gentle, isGentle } from '../../src-shared/model/gentle.ts';
import { DAY_MINUTES, type WeekHours } from '../../src-shared/model/week-hours.ts';
import { namedDays } from '../../src-shared/rules/gentle-text.ts';
import type { Messages } from '../text/en.ts';
import type { Format } from '../text/format.ts';

/** The days of a week in their order, as `Date` counts them. */
export const week = [1, 2, 3, 4, 5, 6, 0] as const;

/** How gently a source is read, a phrase for the time outside of all hours and one for each range; none where it is not spared. */
export function gentleWords(t: Messages, f: Format, gentle: Gentle): readonly string[] {
  if (!isGentle(gentle)) return [];
  return [
    shareWords(t, f, gentle.share),
    ...gentle.hours.map((range) => `${rangeWords(t, f, range)}: ${shareWords(t, f, range.share)}`),
  ];
}

export function shareWords(t: Messages, f: Format, share: number): string {
  const { full, nothing, ofTime } = t.settings.gentle;
  return share === 0 ? nothing : share === 100 ? full : ofTime(f.percent(share / 100));
}

/** `Mon–Fri 08:00–18:00` */
export function rangeWords(t: Messages, f: Format, { days, from, to }: WeekHours): string {
  const { everyDay, allDay } = t.settings.gentle;
  const on = days.length === 7 ? everyDay : namedDays(days, f.weekday, ['–', ', ']);
  const range = from === 0 && to === DAY_MINUTES ? allDay : `${f.minute(from)}–${f.minute(to)}`;
  return `${on} ${range}`;
}
