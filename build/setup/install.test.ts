import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureInstalled } from './install.mjs';
import type { NpmEnd } from './npm.mjs';
import { projectNode } from './project-node.mjs';

let root: string;
let calls: string[];

const lockfile = JSON.stringify({ packages: { '': {}, 'node_modules/a': { version: '1.0.0' } } });
const hiddenList = (): string => join(root, 'node_modules', '.package-lock.json');
const quiet = (): void => undefined;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'convoy-setup-'));
  calls = [];
  writeFileSync(join(root, 'package-lock.json'), lockfile);
});
afterEach(() => rmSync(root, { recursive: true }));

/** npm as far as the set-up can see it: `ci` begins anew and writes its list last, `rebuild node` brings a Node. */
async function npm(_root: string, args: readonly string[]): Promise<NpmEnd> {
  if (args[0] === 'view') return { code: 0, output: '24.21.0' };
  calls.push(args[0] ?? '');
  if (args[0] === 'ci') {
    rmSync(join(root, 'node_modules'), { recursive: true, force: true });
    mkdirSync(join(root, 'node_modules'));
    writeFileSync(hiddenList(), lockfile);
  } else {
    mkdirSync(dirname(projectNode(root)), { recursive: true });
    symlinkSync(process.execPath, projectNode(root));
  }
  return { code: 0, output: '' };
}

test('a fresh clone is installed once', async () => {
  expect(await ensureInstalled(root, quiet, npm)).toBeUndefined();
  expect(await ensureInstalled(root, quiet, npm)).toBeUndefined();
  expect(calls).toEqual(['ci', 'rebuild']);
});

test('a changed lockfile is installed again', async () => {
  await ensureInstalled(root, quiet, npm);
  writeFileSync(join(root, 'package-lock.json'), lockfile.replace('1.0.0', '1.0.1'));
  await ensureInstalled(root, quiet, npm);
  expect(calls).toEqual(['ci', 'rebuild', 'ci', 'rebuild']);
});

test('an install that somebody made with npm itself is taken as it is', async () => {
  await npm(root, ['ci']);
  await npm(root, ['rebuild', 'node']);
  calls = [];
  expect(await ensureInstalled(root, quiet, npm)).toBeUndefined();
  expect(calls).toEqual([]);
});

test('an install that was killed half way is done again', async () => {
  await npm(root, ['ci']);
  calls = [];
  expect(await ensureInstalled(root, quiet, npm)).toBeUndefined();
  expect(calls).toEqual(['ci', 'rebuild']);
});

test('a step that fails is tried once more, then explained', async () => {
  const said: string[] = [];
  let left = 1;
  const flaky = async (at: string, args: readonly string[]): Promise<NpmEnd> => {
    if (args[0] !== 'view' && left-- > 0) return { code: 1, output: 'ECONNRESET' };
    return npm(at, args);
  };
  expect(await ensureInstalled(root, (line) => said.push(line), flaky)).toBeUndefined();
  expect(said.join('\n')).toContain('trying once more');
});

test('without a network the cache of npm is tried, and what is missing is told in one sentence', async () => {
  const asked: (readonly string[])[] = [];
  const offline = async (_at: string, args: readonly string[]): Promise<NpmEnd> => {
    asked.push(args);
    return { code: 1, output: args[0] === 'view' ? 'npm error code ENOTFOUND' : 'npm error' };
  };
  expect(await ensureInstalled(root, quiet, offline)).toMatch(/^[^\n]*registry cannot be reached/);
  expect(asked[1]).toEqual(['ci', '--ignore-scripts', '--offline']);
  expect(existsSync(join(root, 'node_modules', '.convoy-installed'))).toBe(false);
});

test('a lockfile without the binaries of this kind of machine is completed', async () => {
  const onWindows = async (at: string, args: readonly string[]): Promise<NpmEnd> =>
    args[0] === 'ci'
      ? { code: 1, output: 'npm error Missing: @biomejs/cli-win32-x64@2.6.8 from lock file' }
      : npm(at, args[0] === 'install' ? ['ci'] : args);
  expect(await ensureInstalled(root, quiet, onWindows)).toBeUndefined();
});

test('the stamp is written last', async () => {
  await ensureInstalled(root, quiet, npm);
  expect(readFileSync(join(root, 'node_modules', '.convoy-installed'), 'utf8')).toMatch(/^[0-9a-f]{64} /);
});
