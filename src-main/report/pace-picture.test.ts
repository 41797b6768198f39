import { expect, test } from 'vitest';
import type { PaceRow } from '../../src-shared/model/pace.ts';
import { pacePicture } from './pace-picture.ts';

const minute = (n: number, waits: PaceRow['waits']): PaceRow => ({
  at: n * 60_000,
  ms: 60_000,
  items: 1,
  bytes: 1,
  resourceUnits: 1,
  waits,
});

test('the picture shows what limited in each stretch, and says the shares of all', () => {
  const rows = [
    minute(0, { sending: 60_000, idle: 999_000 }),
    minute(1, { sending: 30_000, throttled: 30_000 }),
    minute(2, { throttled: 60_000 }),
  ];
  const picture = pacePicture(rows);
  expect(picture).toContain('<desc>network: 50 %; throttling: 50 %</desc>');
  expect(picture.match(/<rect /g)).toHaveLength(4);
  expect(picture).toContain('1970-01-01');
});

test('of thousands of rows it draws no more than can be seen, and of one none', () => {
  const rows = Array.from({ length: 5_000 }, (_, n) => minute(n, { reading: 1_000 }));
  expect(pacePicture(rows).match(/<rect /g)).toHaveLength(160);
  expect(pacePicture([minute(0, {})])).toBe('');
});
