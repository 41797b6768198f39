import { type PluralForms, plural } from './plural.ts';

export const locales = ['en', 'de'] as const;
export type Locale = (typeof locales)[number];

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const;

/** Decimal steps (1 MB = 1,000,000 bytes), the ones of network rates and of SharePoint's documentation. */
function byteStep(bytes: number): number {
  if (bytes < 1_000) return 0;
  return Math.min(byteUnits.length - 1, Math.floor(Math.log10(bytes) / 3));
}

/**
 * Numbers, sizes and times as people of a language read them. One for each language, made once.
 * @param region a tag of the language with its region (en-GB, de-AT), for clocks and dates; the language alone by default
 */
export function createFormat(locale: Locale, region: string = locale) {
  const rules = new Intl.PluralRules(region);
  const integer = new Intl.NumberFormat(region, { maximumFractionDigits: 0 });
  const short = new Intl.NumberFormat(region, { maximumSignificantDigits: 3 });
  const percentage = new Intl.NumberFormat(region, { style: 'percent', maximumFractionDigits: 0 });
  const finePercentage = new Intl.NumberFormat(region, { style: 'percent', maximumFractionDigits: 1 });
  const clock = new Intl.DateTimeFormat(region, { hour: '2-digit', minute: '2-digit' });
  const clockSeconds = new Intl.DateTimeFormat(region, { timeStyle: 'medium' });
  const weekdayClock = new Intl.DateTimeFormat(region, {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  const weekday = new Intl.DateTimeFormat(region, { weekday: 'short', timeZone: 'UTC' });
  const minute = new Intl.DateTimeFormat(region, { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
  const day = new Intl.DateTimeFormat(region, { dateStyle: 'full' });
  const dateTime = new Intl.DateTimeFormat(region, { dateStyle: 'medium', timeStyle: 'medium' });
  const shortDateTime = new Intl.DateTimeFormat(region, { dateStyle: 'short', timeStyle: 'short' });
  const utc = new Intl.DateTimeFormat(region, { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });
  const list = new Intl.ListFormat(region);
  const units = byteUnits.map(
    (unit) => new Intl.NumberFormat(region, { style: 'unit', unit, maximumSignificantDigits: 3 }),
  );
  const whole = (n: number): string => integer.format(n);
  const unit = (bytes: number, step: number): string => units[step]?.format(bytes / 1_000 ** step) ?? '';

  const amount = (bytes: number): string => {
    const step = byteStep(bytes);
    return step === 0 ? `${whole(bytes)} B` : unit(bytes, step);
  };

  return {
    locale,
    int: whole,
    number: (n: number): string => short.format(n),
    /** 0..1. Rounded down: 100 % is shown when everything is done and not before. */
    percent: (share: number): string => percentage.format(Math.floor(share * 100) / 100),
    finePercent: (share: number): string => finePercentage.format(Math.floor(share * 1_000) / 1_000),
    bytes: amount,
    byteRate: (bytesPerSecond: number): string => `${amount(bytesPerSecond)}/s`,
    megabytes: (bytes: number): string => short.format(bytes / 1_000_000),
    fileRate: (n: number): string => (n < 10 ? short.format(Math.round(n * 10) / 10) : whole(n)),
    clock: (at: number): string => clock.format(at),
    clockSeconds: (at: number): string => clockSeconds.format(at),
    day: (at: number): string => day.format(at),
    weekdayClock: (at: number): string => weekdayClock.format(at),
    /** 0 is Sunday, as 7 January 2024 was. */
    weekday: (of: number): string => weekday.format(Date.UTC(2024, 0, 7 + of)),
    /** A minute of the day. */
    minute: (of: number): string => minute.format(of * 60_000),
    dateTime: (at: number): string => dateTime.format(at),
    shortDateTime: (at: number): string => shortDateTime.format(at),
    utc: (at: number): string => `${utc.format(at)} UTC`,
    /** A span of clock times, with the weekday when it is not today's. */
    clockRange(from: number, to: number, now: number): string {
      const sameDay = new Date(now).toDateString() === new Date(to).toDateString();
      return (sameDay ? clock : weekdayClock).formatRange(from, to);
    },
    /** The two largest units that matter: 3 h 5 min, 4 min 10 s, 12 s. */
    duration(ms: number): string {
      const seconds = Math.max(0, Math.round(ms / 1_000));
      const days = Math.floor(seconds / 86_400);
      const hours = Math.floor(seconds / 3_600) % 24;
      const minutes = Math.floor(seconds / 60) % 60;
      const dayWord = locale === 'de' ? 'Tg.' : 'd';
      if (days > 0) return `${days} ${dayWord} ${hours} h`;
      if (hours > 0) return `${hours} h ${minutes} min`;
      if (minutes > 0) return `${minutes} min ${seconds % 60} s`;
      return `${seconds} s`;
    },
    minutes: (n: number): string => `${whole(n)} min`,
    list: (parts: readonly string[]): string => list.format(parts),
    plural: (n: number, forms: PluralForms): string => plural(rules, n, whole(n), forms),
  };
}
export type Format = ReturnType<typeof createFormat>;
