import { describe, expect, it } from 'vitest';
import { checkPath, pathLength } from './paths.ts';

describe('pathLength', () => {
  it('counts decoded characters from the managed path on, without slashes at the ends', () => {
    expect(pathLength('sites/x/Shared Documents/a.docx')).toBe(31);
    expect(pathLength('/personal/bob_smith_contoso_com/Documents/')).toBe(40);
    expect(pathLength('')).toBe(0);
    expect(pathLength('///')).toBe(0);
    expect(pathLength('/😀')).toBe(2);
  });
});

describe('checkPath', () => {
  it.each([
    [399, 'fits'],
    [400, 'fits'],
    [401, 'path-too-long'],
  ] as const)('a path of %i characters: %s', (length, verdict) => {
    expect(checkPath('x'.repeat(length))).toBe(verdict);
    expect(checkPath(`/${'x'.repeat(length)}`)).toBe(verdict);
  });
});
