import { expect, it } from 'vitest';
import { Strides } from './strides.ts';

const done = (items: number) => ({
  ...{ items, bytes: items * 10, bytesDone: items * 10, resourceUnits: 1 },
  waits: { sending: 500 },
});

it('makes one stretch of what several agents do side by side, and loses none of it', () => {
  const strides = new Strides();
  strides.begin(1_000);
  expect(strides.add(done(3), 1_200)).toBeUndefined();
  expect(strides.add(done(4), 1_800)).toBeUndefined();
  expect(strides.add(done(5), 2_000)).toEqual({
    ...{ from: 1_000, to: 2_000, items: 12, bytes: 120, bytesDone: 120, resourceUnits: 3 },
    waits: { sending: 1_500 },
  });
  expect(strides.add(done(1), 2_100)).toBeUndefined();
  expect(strides.add(done(0), 2_200, true)).toMatchObject({ from: 2_000, to: 2_200, items: 1 });
});

it('does not measure the time in which nobody worked', () => {
  const strides = new Strides();
  strides.begin(0);
  strides.restart(60_000);
  expect(strides.add(done(1), 61_000)).toMatchObject({ from: 60_000, to: 61_000 });
});
