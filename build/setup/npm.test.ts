import { expect, test } from 'vitest';
import { explainFailure, npmCommand } from './npm.mjs';

test('the npm that runs the script is used again', () => {
  expect(npmCommand({ npm_execpath: '/lib/npm/bin/npm-cli.js' }, 'linux')).toEqual({
    command: process.execPath,
    before: ['/lib/npm/bin/npm-cli.js'],
    shell: false,
  });
  expect(npmCommand({ npm_execpath: '/lib/npm/bin/npx-cli.js' }, 'linux').before).toEqual([
    '/lib/npm/bin/npm-cli.js',
  ]);
});

test('without one, or under another package manager, npm is taken from the PATH', () => {
  expect(npmCommand({}, 'linux')).toEqual({ command: 'npm', before: [], shell: false });
  expect(npmCommand({ npm_execpath: '/lib/yarn.js' }, 'linux').command).toBe('npm');
});

test('on Windows npm is a .cmd file, which needs a shell', () => {
  expect(npmCommand({}, 'win32').shell).toBe(true);
});

test.each([
  ['npm error code ENOTFOUND\nnpm error network request failed', /registry cannot be reached/],
  ['npm error code ECONNREFUSED', /registry cannot be reached/],
  ['npm error ENOSPC: no space left on device', /disk is full/],
  ['npm error code EUSAGE', /npm says below why/],
])('a failure is explained in one sentence, then quoted: %s', (output, sentence) => {
  const [first, ...rest] = explainFailure(output, false).split('\n');
  expect(first).toMatch(sentence);
  expect(rest.join('\n')).toBe(output);
});

test('a missing network is told even when npm has no words for it', () => {
  expect(explainFailure('npm error Exit handler never called!', true)).toMatch(/registry cannot be reached/);
});
