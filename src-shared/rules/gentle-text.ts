import { type GentleHours, gentleHoursSchema } from '../model/gentle.ts';
import { DAY_MINUTES } from '../model/week-hours.ts';

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const everyDay = [1, 2, 3, 4, 5, 6, 0] as const;
const DAY = /^(sun|mon|tue|wed|thu|fri|sat)[a-z]*$/i;
const HOURS =
  /^(?<days>[a-z][a-z,\s-]*?)?\s*(?:(?<from>\d{1,2}:\d{2})\s*-\s*(?<to>\d{1,2}:\d{2}))?\s*=\s*(?<share>\d{1,3})\s*%?$/i;

/**
 * Reads `Mon-Fri 08:00-18:00=25`: days, a range of the day, per cent. Without days it is every day, without a range the whole day;
 * `22:00-06:00` ends on the day after. Undefined: it says nothing of the kind.
 */
export function parseGentleHours(text: string): GentleHours | undefined {
  const { days, from, to, share } = HOURS.exec(text.trim())?.groups ?? {};
  if (days === undefined && from === undefined) return undefined;
  const on = days === undefined ? everyDay : parseDays(days);
  const parsed = gentleHoursSchema.safeParse({
    days: on,
    from: from === undefined ? 0 : parseTime(from),
    to: to === undefined || to === '00:00' ? DAY_MINUTES : parseTime(to),
    share: Number(share),
  });
  return parsed.success ? parsed.data : undefined;
}

/** The same words that {@link parseGentleHours} reads. */
export function gentleHoursText({ days, from, to, share }: GentleHours): string {
  const on = daysText(days);
  const range = from === 0 && to === DAY_MINUTES ? '' : `${timeText(from)}-${timeText(to)}`;
  return `${[on, range].filter(Boolean).join(' ')}=${share}`;
}

/** Minute of the day as `08:00`; the end of the day is `24:00`. */
export function timeText(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** Minute of the day; NaN where the text is no time. */
export function parseTime(text: string): number {
  const [hours, minutes] = text.split(':').map(Number);
  if (hours === undefined || minutes === undefined || minutes > 59) return Number.NaN;
  const minute = hours * 60 + minutes;
  return minute <= DAY_MINUTES ? minute : Number.NaN;
}

/** Days in the order of the week, those that follow each other as `Mon-Fri`; every day is said by nothing. */
function daysText(days: readonly number[]): string {
  return days.length === 7 ? '' : namedDays(days, (day) => weekdays[day] ?? '', ['-', ',']);
}

/**
 * Days by their names, three and more that follow each other by the first and the last.
 * @param signs between the ends of a run, and between all others
 */
export function namedDays(
  days: readonly number[],
  name: (day: number) => string,
  [through, and]: readonly [string, string],
): string {
  const runs: number[][] = [];
  for (const day of everyDay.filter((each) => days.includes(each))) {
    const last = runs.at(-1);
    if (last && ((last.at(-1) ?? 0) + 1) % 7 === day) last.push(day);
    else runs.push([day]);
  }
  const named = (run: readonly number[]) =>
    run.length > 2
      ? [run[0], run.at(-1)].map((day) => name(day ?? 0)).join(through)
      : run.map(name).join(and);
  return runs.map(named).join(and);
}

/** `Mon-Fri`, `Sat,Sun`, `Fri-Mon`; undefined where one of the words is no day. */
function parseDays(text: string): readonly number[] | undefined {
  const found = new Set<number>();
  for (const part of text.split(',')) {
    const ends = part.split('-').map(parseDay);
    const [first, last = first] = ends;
    if (first === undefined || last === undefined || ends.length > 2) return undefined;
    for (let day = first; ; day = (day + 1) % 7) {
      found.add(day);
      if (day === last) break;
    }
  }
  return everyDay.filter((day) => found.has(day));
}

function parseDay(text: string): number | undefined {
  const name = DAY.exec(text.trim())?.[1]?.toLowerCase();
  const day = weekdays.findIndex((each) => each.toLowerCase() === name);
  return day === -1 ? undefined : day;
}
