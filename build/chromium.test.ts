import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findChromium } from './chromium.ts';

const folder = mkdtempSync(join(tmpdir(), 'convoy-chromium-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.skipIf(process.platform === 'win32')('a browser is found on the PATH, also Edge', () => {
  const edge = join(folder, 'microsoft-edge');
  writeFileSync(edge, '');
  expect(findChromium({ PATH: [join(folder, 'nothing'), folder].join(delimiter) })).toBe(edge);
});

test('the one that is named goes before, and if it is not there none is taken', () => {
  const own = join(folder, 'own');
  writeFileSync(own, '');
  expect(findChromium({ ...process.env, CONVOY_CHROMIUM: own })).toBe(own);
  expect(findChromium({ ...process.env, CONVOY_CHROMIUM: join(folder, 'gone') })).toBeUndefined();
});
