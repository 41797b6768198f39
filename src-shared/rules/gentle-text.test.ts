import { describe, expect, it } from 'vitest';
import { gentleHoursText, parseGentleHours } from './gentle-text.ts';

const all = [1, 2, 3, 4, 5, 6, 0];

describe('hours in words', () => {
  it.each([
    ['Mon-Fri 08:00-18:00=25', { days: [1, 2, 3, 4, 5], from: 480, to: 1_080, share: 25 }],
    ['mon - fri 8:00 - 18:00 = 25 %', { days: [1, 2, 3, 4, 5], from: 480, to: 1_080, share: 25 }],
    ['Saturday,Sunday=0', { days: [6, 0], from: 0, to: 1_440, share: 0 }],
    ['22:00-06:00=100', { days: all, from: 1_320, to: 360, share: 100 }],
    ['Fri-Mon 20:00-24:00=50', { days: [1, 5, 6, 0], from: 1_200, to: 1_440, share: 50 }],
    ['Tue,Thu-Fri 20:00-00:00=50', { days: [2, 4, 5], from: 1_200, to: 1_440, share: 50 }],
  ])('%s', (text, hours) => {
    expect(parseGentleHours(text)).toEqual(hours);
  });

  it.each([
    ['no days and no hours', '=25'],
    ['no share', 'Mon 08:00-18:00'],
    ['no such day', 'Mo-Fr 08:00-18:00=25'],
    ['three ends', 'Mon-Tue-Wed=25'],
    ['no such time', '08:60-18:00=25'],
    ['a day has 24 hours', '08:00-24:01=25'],
    ['nothing between', '08:00-08:00=25'],
    ['all day is said by nothing', '00:00-00:00'],
    ['hardly anything', '08:00-18:00=9'],
    ['more than there is', '08:00-18:00=101'],
    ['not a whole number', '08:00-18:00=2.5'],
    ['nothing', ''],
  ])('%s: %s says nothing', (_, text) => {
    expect(parseGentleHours(text)).toBeUndefined();
  });

  it.each([
    'Mon-Fri 08:00-18:00=25',
    'Sat,Sun=0',
    '22:00-06:00=100',
    'Mon,Wed,Fri-Sun 20:00-24:00=50',
    'Mon 00:00-00:01=10',
  ])('%s is read and written', (text) => {
    const hours = parseGentleHours(text);
    expect(hours && gentleHoursText(hours)).toBe(text);
  });
});
