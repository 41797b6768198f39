import { expect, it } from 'vitest';
import { shareOf } from './share-of.ts';

it.each([
  ['\\\\server\\share', '\\\\server\\share'],
  ['\\\\server\\share\\deep\\folder', '\\\\server\\share'],
  ['//server/share/x', '\\\\server\\share'],
  ['\\\\?\\UNC\\server\\share\\x', '\\\\server\\share'],
  ['\\\\server\\c$\\x', '\\\\server\\c$'],
  ['C:\\data', undefined],
  ['\\\\?\\C:\\data', undefined],
  ['/mnt/share', undefined],
])('%s is on %s', (path, share) => {
  expect(shareOf(path)).toBe(share);
});
