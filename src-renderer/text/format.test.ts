import { describe, expect, it } from 'vitest';
import { createFormat } from './format.ts';

const en = createFormat('en');
const de = createFormat('de');
/** Spaces that keep a number and its unit together are spaces to the reader. */
const plain = (text: string) => text.replace(/[\u00a0\u202f\u2009]/g, ' ');

describe('sizes', () => {
  it.each([
    [0, '0 B', '0 B'],
    [999, '999 B', '999 B'],
    [1_000, '1 kB', '1 kB'],
    [1_234_567, '1.23 MB', '1,23 MB'],
    [999_400_000, '999 MB', '999 MB'],
    [4_700_000_000_000, '4.7 TB', '4,7 TB'],
    [9e18, '9,000 PB', '9.000 PB'],
  ])('%d bytes', (bytes, english, german) => {
    expect(plain(en.bytes(bytes))).toBe(english);
    expect(plain(de.bytes(bytes))).toBe(german);
  });

  it('make rates', () => {
    expect(plain(en.byteRate(54_000_000))).toBe('54 MB/s');
  });
});

describe('percentages', () => {
  it('reach 100 when everything is done and not before', () => {
    expect(en.percent(0.9999)).toBe('99%');
    expect(en.percent(1)).toBe('100%');
    expect(en.finePercent(0.99999)).toBe('99.9%');
    expect(plain(de.percent(0.5))).toBe('50 %');
  });
});

describe('durations', () => {
  it.each([
    [400, '0 s'],
    [12_000, '12 s'],
    [250_000, '4 min 10 s'],
    [11_100_000, '3 h 5 min'],
    [190_000_000, '2 d 4 h'],
  ])('%d ms', (ms, text) => {
    expect(en.duration(ms)).toBe(text);
  });
});

describe('clock ranges', () => {
  const noon = new Date(2026, 10, 12, 12, 0).getTime();
  const british = createFormat('en', 'en-GB');

  it('name the day when it is not today', () => {
    expect(plain(british.clockRange(noon, noon + 7 * 60_000, noon))).toBe('12:00–12:07');
    expect(british.clockRange(noon, noon + 86_400_000, noon)).toMatch(/Thu.*Fri/);
  });

  it('are one time when both ends are the same minute', () => {
    expect(british.clockRange(noon, noon + 1_000, noon)).toBe('12:00');
  });
});

describe('plurals', () => {
  it('follow the language, and the number is formatted', () => {
    const forms = { one: '# file', other: '# files' };
    expect([0, 1, 2, 12_345].map((n) => en.plural(n, forms))).toEqual([
      '0 files',
      '1 file',
      '2 files',
      '12,345 files',
    ]);
    expect(de.plural(12_345, { one: '# Datei', other: '# Dateien' })).toBe('12.345 Dateien');
  });
});
