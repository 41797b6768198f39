import { expect, it } from 'vitest';
import { parseSize } from './size-text.ts';

it.each([
  ['500', 500],
  ['0', 0],
  ['10MB', 10_000_000],
  ['10 mb', 10_000_000],
  ['1.5 GB', 1_500_000_000],
  ['1,5 GB', 1_500_000_000],
  ['2K', 2_000],
  ['1 KiB', 1_024],
  ['1GiB', 1_073_741_824],
  ['7 B', 7],
  [' 3 TB ', 3_000_000_000_000],
  ['0.3', 0],
])('%j is %d bytes', (text, bytes) => {
  expect(parseSize(text)).toBe(bytes);
});

it.each(['', 'MB', '-1', '1e3', '1 iB', '10 XB', '1.2.3', '1 000', '9999999 PB', 'ten'])(
  '%j is no size',
  (text) => {
    expect(parseSize(text)).toBeUndefined();
  },
);
