import { expect, it } from 'vitest';
import { neverBack } from './never-back.ts';

it('a clock that is set back goes on from where it was, and one that is set forward follows', () => {
  let clock = 1_000;
  const now = neverBack(() => clock);
  expect(now()).toBe(1_000);
  clock = 400;
  expect(now()).toBe(1_000);
  clock = 450;
  expect(now()).toBe(1_050);
  clock = 5_000;
  expect(now()).toBe(5_600);
  clock = 0;
  expect(now()).toBe(5_600);
});
