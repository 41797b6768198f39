import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { chromium, ensurePrograms, type SystemProgram } from './system-packages.ts';

afterEach(() => vi.unstubAllEnvs());

function said(...programs: readonly SystemProgram[]): readonly string[] {
  const lines: string[] = [];
  ensurePrograms(programs, (line) => lines.push(line));
  return lines;
}

test('a browser that is named and not there is told, and nothing is installed in its place', () => {
  const gone = join(tmpdir(), 'no-such-browser');
  vi.stubEnv('CONVOY_CHROMIUM', gone);
  const [line, ...more] = said(chromium);
  expect(more).toEqual([]);
  expect(line).toContain(gone);
  expect(line).toMatch(
    /^Chromium is missing .*the tests of the screen are skipped.*apt-get install chromium/,
  );
});

test('what is there, and what would be of no use here, is not spoken of', () => {
  const program: SystemProgram = {
    name: 'x',
    debian: 'x',
    without: 'nothing is tested',
    isThere: () => true,
  };
  expect(said(program, { ...program, isThere: () => false, useless: () => true })).toEqual([]);
});
