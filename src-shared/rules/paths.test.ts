import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathLength, pathLengthIn } from './paths.ts';

describe('pathLength', () => {
  it('counts decoded characters from the managed path on, without slashes at the ends', () => {
    expect(pathLength('sites/x/Shared Documents/a.docx')).toBe(31);
    expect(pathLength('/personal/bob_smith_contoso_com/Documents/')).toBe(40);
    expect(pathLength('')).toBe(0);
    expect(pathLength('///')).toBe(0);
    expect(pathLength('/😀')).toBe(2);
  });

  it('is the same for an item in a folder as for its path', () => {
    const name = fc.string({ minLength: 1 }).filter((text) => !text.includes('/'));
    const folder = fc.array(fc.constantFrom('a', 'Shared Documents', '/', ''), { maxLength: 5 });
    fc.assert(
      fc.property(folder, name, (parts, item) => {
        const path = parts.join('/').replace(/\/+$/, '');
        expect(pathLengthIn(path, item)).toBe(pathLength(`${path}/${item}`));
      }),
    );
  });
});
