import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameKey } from './names.ts';
import { wildcard } from './wildcard.ts';

const fits = (pattern: string, name: string): boolean => wildcard(pattern)(nameKey(name));

describe('wildcards', () => {
  it.each([
    ['*', '', true],
    ['*', 'anything.txt', true],
    ['?', '', false],
    ['?', 'a', true],
    ['?', 'ab', false],
    ['?', '😀', true],
    ['??', '😀', false],
    ['*.bak', 'a.bak', true],
    ['*.bak', 'a.bak.txt', false],
    ['*.*', 'no-dot', false],
    ['REPORT*', 'report 2019.docx', true],
    ['straße', 'STRASSE', false],
    ['grün', 'GRÜN', true],
    ['gru\u0308n', 'GRÜN', true],
    ['~*', '~draft', true],
    ['a[bc]', 'ab', false],
    ['a[bc]', 'a[bc]', true],
    ['a**b?c', 'a--b-c', true],
    ['a.c', 'abc', false],
  ])('%j and %j: %s', (pattern, name, expected) => {
    expect(fits(pattern, name)).toBe(expected);
  });

  // Few letters, so that they meet often; two in the other case, and one of two units.
  const letters = fc.constantFrom('a', 'A', 'b', '.', '😀', 'ü');
  const names = fc.array(letters, { maxLength: 12 }).map((parts) => parts.join(''));
  const patterns = fc
    .array(fc.oneof(letters, fc.constantFrom('*', '?')), { maxLength: 10 })
    .map((parts) => parts.join(''));

  it('fit as the plainest definition says', () => {
    fc.assert(
      fc.property(patterns, names, (pattern, name) => {
        expect(fits(pattern, name)).toBe(defined([...nameKey(pattern)], [...nameKey(name)]));
      }),
      { numRuns: 2_000 },
    );
  });

  it('do not care about upper and lower case', () => {
    fc.assert(
      fc.property(patterns, names, (pattern, name) => {
        expect(fits(pattern.toUpperCase(), name)).toBe(fits(pattern, name.toUpperCase()));
      }),
    );
  });

  it('take no time to speak of for patterns that make others stand still', () => {
    expect(fits(`${'*a'.repeat(400)}b`, 'a'.repeat(400))).toBe(false);
  });
});

/** The definition itself, character by character. */
function defined(pattern: readonly string[], name: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return name.length === 0;
  if (first === '*') return defined(rest, name) || (name.length > 0 && defined(pattern, name.slice(1)));
  return name.length > 0 && (first === '?' || first === name[0]) && defined(rest, name.slice(1));
}
