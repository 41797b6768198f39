import { expect, test } from 'vitest';
import { covers, stampOf } from './installed-state.mjs';

const entry = { version: '1.0.0', integrity: 'sha512-aa' };
const lock = (packages: object): string => JSON.stringify({ lockfileVersion: 3, packages });

const wanted = lock({
  '': { name: 'convoy' },
  'node_modules/a': entry,
  'node_modules/for-windows': { ...entry, optional: true },
});

test('an install is complete when it has all that is asked for; optional packages may be missing', () => {
  expect(covers(wanted, lock({ 'node_modules/a': entry }))).toBe(true);
  expect(covers(wanted, lock({ 'node_modules/a': entry, 'node_modules/more': entry }))).toBe(true);
});

test('where the lockfile knows no checksum, any will do', () => {
  const { version } = entry;
  const unknown = lock({ 'node_modules/for-windows': { version, optional: true } });
  expect(covers(unknown, lock({ 'node_modules/for-windows': entry }))).toBe(true);
  const other = { ...entry, version: '1.0.1' };
  expect(covers(unknown, lock({ 'node_modules/for-windows': other }))).toBe(false);
});

test.each([
  ['nothing was installed', undefined],
  ['the install was cut short while npm wrote its list', '{"packages": {"node_mod'],
  ['the list has another form', '[]'],
  ['a package is missing', lock({})],
  ['a package has another version', lock({ 'node_modules/a': { ...entry, version: '1.0.1' } })],
  ['a package has another content', lock({ 'node_modules/a': { ...entry, integrity: 'sha512-bb' } })],
])('an install is not complete when %s', (_why, installed) => {
  expect(covers(wanted, installed)).toBe(false);
});

test('a stamp is good for one lockfile on one kind of machine', () => {
  expect(stampOf('a', 'linux-x64')).toBe(stampOf('a', 'linux-x64'));
  expect(stampOf('a', 'linux-x64')).not.toBe(stampOf('b', 'linux-x64'));
  expect(stampOf('a', 'linux-x64')).not.toBe(stampOf('a', 'win32-x64'));
});
