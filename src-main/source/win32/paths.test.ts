import { describe, expect, it } from 'vitest';
import { absoluteRoot, below, namespaced } from './paths.ts';

describe('paths as Windows gets them', () => {
  it.each([
    ['C:\\data', '\\\\?\\C:\\data'],
    ['C:\\', '\\\\?\\C:\\'],
    ['\\\\server\\share\\', '\\\\?\\UNC\\server\\share\\'],
    ['\\\\server\\share\\a b\\c.', '\\\\?\\UNC\\server\\share\\a b\\c.'],
    ['\\\\?\\C:\\data', '\\\\?\\C:\\data'],
    ['\\\\?\\UNC\\server\\share\\x', '\\\\?\\UNC\\server\\share\\x'],
    ['\\\\.\\C:\\data', '\\\\.\\C:\\data'],
  ])('%s -> %s', (absolute, native) => {
    expect(namespaced(absolute)).toBe(native);
  });

  it.each([
    ['//server/share', '\\\\server\\share\\'],
    ['\\\\server\\share', '\\\\server\\share\\'],
    ['\\\\server\\share\\a\\..\\b', '\\\\server\\share\\b'],
    ['C:/data/', 'C:\\data'],
    ['c:\\name.', 'c:\\name.'],
    ['\\\\?\\UNC\\server\\share\\a', '\\\\?\\UNC\\server\\share\\a'],
  ])('a root typed as %s is %s', (typed, root) => {
    expect(absoluteRoot(typed)).toBe(root);
  });

  it.each([
    ['\\\\?\\C:\\', '', '\\\\?\\C:\\'],
    ['\\\\?\\C:\\', 'a/b', '\\\\?\\C:\\a\\b'],
    ['\\\\?\\C:\\data', 'a/b', '\\\\?\\C:\\data\\a\\b'],
    ['\\\\?\\C:\\data', 'name./ x /..x', '\\\\?\\C:\\data\\name.\\ x \\..x'],
  ])('below %s: %s', (root, path, native) => {
    expect(below(root, path)).toBe(native);
  });
});
