import { expect, test } from 'vitest';
import type { PaceRow } from '../../../src-shared/model/pace.ts';
import { PaceLog } from './pace-log.ts';

const second = (n: number): PaceRow => ({
  at: n * 1_000,
  ms: 1_000,
  items: 2,
  bytes: 10,
  resourceUnits: 8,
  waits: { sending: 3_000, idle: 1_000 },
});

test('what is done second by second becomes rows of a minute, and the rest a row at the end', () => {
  const log = new PaceLog();
  for (let n = 0; n < 130; n += 1) log.add(second(n));
  const full = log.take();
  expect(full.map(({ at, ms, items }) => [at, ms, items])).toEqual([
    [0, 60_000, 120],
    [60_000, 60_000, 120],
  ]);
  expect(full[0]?.waits).toEqual({ sending: 180_000, idle: 60_000 });
  expect(log.take()).toEqual([]);
  expect(log.take(true)).toMatchObject([{ at: 120_000, ms: 10_000, items: 20, resourceUnits: 80 }]);
  expect(log.take(true)).toEqual([]);
});

test('a clock that was set back begins a new row', () => {
  const log = new PaceLog();
  log.add(second(100));
  log.add(second(3));
  expect(log.take(true).map(({ at }) => at)).toEqual([100_000, 3_000]);
});
