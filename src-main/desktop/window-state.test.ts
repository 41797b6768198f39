import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keep, readKept, usableState } from './window-state.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1040 };
const at = (x: number, y: number) => ({ bounds: { x, y, width: 1200, height: 800 }, maximized: false });

test.each([
  [0, 0],
  [-1100, 10],
  [1800, 900],
])('a window at %d, %d can be grasped and is opened there', (x, y) => {
  expect(usableState(at(x, y), [screen])).toEqual(at(x, y));
});

test.each([
  [2000, 100],
  [-1190, 0],
  [10, -500],
  [10, 1030],
])('a window at %d, %d would be out of sight', (x, y) => {
  expect(usableState(at(x, y), [screen])).toBeUndefined();
});

test.each([undefined, null, 'x', {}, { bounds: { x: 0 } }, { ...at(0, 0), maximized: 'yes' }])(
  '%j is no state',
  (kept) => expect(usableState(kept, [screen])).toBeUndefined(),
);

test('what was kept is read again; a broken file is as good as none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'convoy-window-'));
  const file = join(folder, 'window.json');
  expect(readKept(file)).toBeUndefined();
  keep(file, at(5, 6));
  expect(readKept(file)).toEqual(at(5, 6));
  writeFileSync(file, '{"bounds"');
  expect(readKept(file)).toBeUndefined();
  rmSync(folder, { recursive: true });
});
