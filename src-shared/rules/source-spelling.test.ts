import { describe, expect, it } from 'vitest';
import { sameSource } from './source-spelling.ts';

describe('spellings of a source', () => {
  it.each([
    ['c:\\x', 'C:\\x\\'],
    ['C:\\x', 'c:/x/'],
    ['C:', 'c:\\'],
    ['D:\\a\\\\b', 'd:\\a\\b'],
    ['\\\\Server\\Share', '\\\\SERVER\\share\\'],
    ['\\\\server.contoso.com\\Share$\\Sub', '//Server.Contoso.com/SHARE$/Sub'],
    ['\\\\?\\C:\\x', 'c:\\x'],
    ['\\\\?\\UNC\\Server\\Share\\x', '\\\\server\\share\\x'],
    ['/srv/share', '/srv/share/'],
    ['/', '//'],
  ])('%s and %s are one', (one, other) => {
    expect(sameSource(one, other)).toBe(true);
    expect(sameSource(other, one)).toBe(true);
  });

  it.each([
    ['C:\\x', 'D:\\x'],
    ['C:\\x', 'C:\\x\\y'],
    // A folder may be on a file server that tells them apart.
    ['C:\\x', 'C:\\X'],
    ['\\\\server\\share\\sub', '\\\\server\\share\\SUB'],
    ['\\\\server\\share', '\\\\server\\share2'],
    ['\\\\server\\share', '/server/share'],
    ['/srv/Share', '/srv/share'],
    // On a system where a backslash is a letter like any other.
    ['/srv/a\\b', '/srv/a/b'],
    ['/srv/a\\', '/srv/a'],
  ])('%s and %s are two', (one, other) => {
    expect(sameSource(one, other)).toBe(false);
    expect(sameSource(other, one)).toBe(false);
  });
});
