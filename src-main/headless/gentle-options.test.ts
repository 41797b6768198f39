import { describe, expect, it } from 'vitest';
import type { Gentle } from '../../src-shared/model/gentle.ts';
import { saidGentle } from './gentle-options.ts';
import { gentleText } from './gentle-text.ts';
import { sayToAssess } from './say-to-assess.ts';

/** What `convoy assess` makes of these words: how gently it reads, and what is said to whoever said them. */
async function say(...args: readonly string[]) {
  const { said, err, code } = await sayToAssess(args, saidGentle);
  return { gentle: said, err, code };
}

const weekdays = [1, 2, 3, 4, 5];
const office = { days: weekdays, from: 480, to: 1_080, share: 25 };

describe('gentle mode on the command line', () => {
  it.each<[string[], Gentle | undefined]>([
    [[], undefined],
    [['--gentle', '25'], { share: 25, hours: [] }],
    [['--gentle', '25 %'], { share: 25, hours: [] }],
    [['--gentle', '100'], { share: 100, hours: [] }],
    [['--gentle-hours', 'Mon-Fri 08:00-18:00=25'], { share: 100, hours: [office] }],
    [
      ['--gentle', '50', '--gentle-hours', 'Mon-Fri 08:00-18:00=25%', '--gentle-hours', 'Sat,Sun=0'],
      { share: 50, hours: [office, { days: [6, 0], from: 0, to: 1_440, share: 0 }] },
    ],
  ])('%j', async (args, gentle) => {
    const said = await say(...args);
    expect(said).toMatchObject({ code: 0, err: '' });
    expect(said.gentle).toEqual(gentle);
  });

  it.each([
    [['--gentle', '9'], '--gentle takes a whole number of per cent from 10 to 100; "9" was given.'],
    [['--gentle', '101'], '--gentle takes a whole number of per cent'],
    [['--gentle', 'very'], '--gentle takes a whole number of per cent'],
    [['--gentle-hours', '08:00-18:00'], '--gentle-hours takes days and hours with per cent'],
    [['--gentle-hours', 'Mo-Fr 08:00-18:00=25'], '--gentle-hours takes days and hours with per cent'],
    [['--gentle-hours', 'Sat=0', '--gentle-hours', 'Mo=5'], '; "Sat=0" "Mo=5" was given.'],
    [['--gentle-hours', 'Mon=5'], 'from 10 to 100, or 0 for nothing, such as "Mon-Fri 08:00-18:00=25"'],
    [
      ['--gentle-hours', 'Mon-Fri=0', '--gentle-hours', 'Sat,Sun=0'],
      '--gentle-hours takes hours that leave some time of the week to read in',
    ],
    [Array.from({ length: 51 }, () => ['--gentle-hours', 'Mon=50']).flat(), 'takes at most 50 ranges'],
  ])('%j is refused in one sentence', async (args, sentence) => {
    const { err, code, gentle } = await say(...args);
    expect(code).toBe(2);
    expect(gentle).toBeUndefined();
    expect(err).toContain(sentence);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it('is said before a run begins', () => {
    expect(gentleText({ share: 100, hours: [] })).toBe('Gentle: no; the source is read as fast as it goes\n');
    expect(gentleText({ share: 25, hours: [] })).toBe('Gentle: 25 % of the time\n');
    const days = [1, 2, 3, 4, 5, 6, 0];
    const hours = [office, { days, from: 1_320, to: 360, share: 0 }];
    expect(gentleText({ share: 50, hours })).toBe(
      'Gentle: 50 % of the time, but\n        Mon-Fri 08:00-18:00: 25 %\n        22:00-06:00: nothing is read\n',
    );
  });
});
