import { expect, test } from 'vitest';
import { fallFrom, marked, type ProgressMark } from './progress-fall.ts';

const at = (progress: number, items = 10, bytes = 100): ProgressMark => ({ progress, items, bytes });

test('progress that falls says why until it is as high as it was', () => {
  let mark: ProgressMark | null = null;
  const told = (now: ProgressMark) => {
    const why = fallFrom(mark, now);
    mark = marked(mark, now);
    return why;
  };
  expect(told(at(0.2))).toBeNull();
  expect(told(at(0.6))).toBeNull();
  expect(told(at(0.598))).toBeNull();
  expect(told(at(0.4))).toBe('began-again');
  expect(told(at(0.3, 30))).toBe('more-found');
  expect(told(at(0.59, 30))).toBe('more-found');
  expect(told(at(0.6, 30))).toBeNull();
  expect(told(at(0.5, 30))).toBe('began-again');
  expect(told(at(0.1, 5))).toBeNull();
  expect(told(at(0.1, 5))).toBeNull();
});
