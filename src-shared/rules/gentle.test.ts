import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Gentle, gentleSchema, isGentle, isNeverRead } from '../model/gentle.ts';
import { readAgainAt, restAfter, shareAt, type WallClock } from './gentle.ts';
import { parseGentleHours } from './gentle-text.ts';

/** The clock on a wall in Berlin, where an hour is left out on 29 March 2026 and comes twice on 25 October. */
const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Berlin',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const berlin: WallClock = (at) => {
  const shown = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    weekday: days.indexOf(shown['weekday'] ?? ''),
    minute: Number(shown['hour']) * 60 + Number(shown['minute']),
  };
};

const gentle = (share: number, ...hours: string[]): Gentle =>
  gentleSchema.parse({ share, hours: hours.map((text) => parseGentleHours(text)) });

describe('the share at a time of the week', () => {
  it.each([
    ['no hours', gentle(25), '2026-07-15T09:00+02:00', 25],
    ['within', gentle(100, 'Mon-Fri 08:00-18:00=25'), '2026-07-15T17:59+02:00', 25],
    ['the end does not belong to it', gentle(100, 'Mon-Fri 08:00-18:00=25'), '2026-07-15T18:00+02:00', 100],
    ['the beginning does', gentle(100, 'Mon-Fri 08:00-18:00=25'), '2026-07-15T08:00+02:00', 25],
    ['another day', gentle(100, 'Mon-Fri 08:00-18:00=25'), '2026-07-18T12:00+02:00', 100],
    ['hours go before the share outside', gentle(10, '20:00-06:00=100'), '2026-07-15T23:00+02:00', 100],
    ['past midnight, evening', gentle(100, 'Fri 22:00-06:00=0'), '2026-07-17T22:00+02:00', 0],
    ['past midnight, morning after', gentle(100, 'Fri 22:00-06:00=0'), '2026-07-18T05:59+02:00', 0],
    ['past midnight, morning before', gentle(100, 'Fri 22:00-06:00=0'), '2026-07-17T05:59+02:00', 100],
    ['from Saturday into Sunday', gentle(100, 'Sat 22:00-06:00=0'), '2026-07-19T01:00+02:00', 0],
    ['whole days', gentle(100, 'Sat,Sun=50'), '2026-07-19T00:00+02:00', 50],
    ['the smallest holds', gentle(100, '08:00-18:00=50', 'Wed 12:00-13:00=10'), '2026-07-15T12:30+02:00', 10],
    ['in winter as on the wall', gentle(100, '08:00-09:00=25'), '2026-01-15T08:30+01:00', 25],
  ] as const)('%s', (_, settings, at, share) => {
    expect(shareAt(settings, Date.parse(at), berlin)).toBe(share);
  });
});

describe('when the source may be asked again', () => {
  it.each([
    ['now', gentle(25), '2026-07-15T09:00+02:00', '2026-07-15T09:00+02:00'],
    ['this evening', gentle(100, '08:00-18:00=0'), '2026-07-15T09:00:30+02:00', '2026-07-15T18:00+02:00'],
    ['tomorrow', gentle(100, '22:00-06:00=0'), '2026-07-15T23:00+02:00', '2026-07-16T06:00+02:00'],
    [
      'where one range meets the next',
      gentle(100, '08:00-12:00=0', '12:00-18:00=0'),
      '2026-07-15T09:00+02:00',
      '2026-07-15T18:00+02:00',
    ],
    ['on Monday', gentle(100, 'Sat,Sun=0'), '2026-07-18T09:00+02:00', '2026-07-20T00:00+02:00'],
    [
      'an hour earlier in the night that leaves one out',
      gentle(100, '22:00-06:00=0'),
      '2026-03-28T22:00+01:00',
      '2026-03-29T06:00+02:00',
    ],
    [
      'an hour later in the night that has one twice',
      gentle(100, '22:00-06:00=0'),
      '2026-10-24T22:00+02:00',
      '2026-10-25T06:00+01:00',
    ],
    [
      'after the hour that is left out',
      gentle(100, 'Sun 00:00-03:00=0'),
      '2026-03-29T00:30+01:00',
      '2026-03-29T03:00+02:00',
    ],
    [
      'the first of the two hours',
      gentle(100, 'Sun 00:00-02:00=0'),
      '2026-10-25T00:30+02:00',
      '2026-10-25T02:00+02:00',
    ],
    [
      'a week later, where the only hour is the one that is left out',
      gentle(100, 'Mon-Sat=0', 'Sun 00:00-02:00=0', 'Sun 03:00-24:00=0'),
      '2026-03-29T00:30+01:00',
      '2026-04-05T02:00+02:00',
    ],
  ] as const)('%s', (_, settings, at, again) => {
    expect(readAgainAt(settings, Date.parse(at), berlin)).toBe(Date.parse(again));
  });

  it('is never for hours that leave nothing, which are no settings', () => {
    const never = { share: 100, hours: ['Mon-Fri=0', 'Sat,Sun 00:00-12:00=0', 'Sat,Sun 12:00-00:00=0'] };
    const hours = never.hours.flatMap((text) => parseGentleHours(text) ?? []);
    expect(readAgainAt({ share: 100, hours }, Date.parse('2026-07-15T09:00Z'), berlin)).toBeUndefined();
    expect(gentleSchema.safeParse({ share: 100, hours }).success).toBe(false);
  });

  const range = fc
    .record({
      days: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
      from: fc.integer({ min: 0, max: 23 }).map((hour) => hour * 60),
      to: fc.integer({ min: 1, max: 24 }).map((hour) => hour * 60),
      share: fc.constantFrom(0, 10, 100),
    })
    .filter(({ from, to }) => from !== to);

  it('is what the share says, for any hours', () => {
    fc.assert(
      fc.property(
        fc.array(range, { maxLength: 5 }),
        fc.integer({ min: Date.UTC(2026, 2, 20), max: Date.UTC(2026, 10, 1) }),
        (hours, at) => {
          const settings = { share: 50, hours };
          // Without summer time, so that what is true of the week is true of every week.
          const utc: WallClock = (time) => {
            const date = new Date(time);
            return { weekday: date.getUTCDay(), minute: date.getUTCHours() * 60 + date.getUTCMinutes() };
          };
          const again = readAgainAt(settings, at, utc);
          expect(again === undefined).toBe(isNeverRead(settings));
          if (again === undefined) return;
          expect(shareAt(settings, again, utc)).toBeGreaterThan(0);
          if (again > at) expect(shareAt(settings, again - 1, utc)).toBe(0);
        },
      ),
      { numRuns: 50, seed: 20_261_128 },
    );
  });
});

describe('rests', () => {
  it.each([
    [10, 25, 30],
    [10, 50, 10],
    [8, 80, 2],
    [10, 100, 0],
    [0, 10, 0],
  ])('after %d ms at %d %% are %d ms', (took, share, rest) => {
    expect(restAfter(took, share)).toBeCloseTo(rest, 9);
  });

  it('are for those who are asked for something', () => {
    expect(isGentle(gentle(100))).toBe(false);
    expect(isGentle(gentle(100, 'Mon=100'))).toBe(false);
    expect(isGentle(gentle(99))).toBe(true);
    expect(isGentle(gentle(100, 'Mon=10'))).toBe(true);
  });
});
