import { describe, expect, it } from 'vitest';
import { codes, isCode, lookUp } from './catalogue.ts';

const entries = codes.map((code) => ({ code, ...lookUp(code) }));

describe('the catalogue', () => {
  it('has codes that scripts can rely on: lower case, with hyphens', () => {
    for (const { code } of entries) expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it.each(entries)('$code says what happened, why, and what to do', ({ title, cause, remedy }) => {
    expect(title.length, 'a title fits on a line').toBeLessThanOrEqual(60);
    expect(title, 'a title is no sentence').not.toMatch(/[.!?]$/);
    expect(title, 'a title begins with a capital letter').toMatch(/^\p{Lu}/u);
    for (const text of [cause, remedy]) {
      expect(text, 'sentences end').toMatch(/[.?]$|: openssl .+$/);
      expect(text, 'sentences begin').toMatch(/^[\p{Lu}*]/u);
      expect(text.length, 'nobody reads more').toBeLessThanOrEqual(240);
    }
  });

  it.each(entries)('$code is written in plain words', ({ title, cause, remedy }) => {
    for (const text of [title, cause, remedy]) {
      expect(text).not.toMatch(/ {2}|\s$|^\s|\t|\n/);
      expect(text, 'straight quotes and plain hyphens').not.toMatch(
        /[\u2018\u2019\u201c\u201d\u2013\u2014\u2026]|--(?![a-z])/,
      );
      expect(text, 'no blame, no shouting, no alarm').not.toMatch(
        /!|\b(please|sorry|oops|invalid|illegal|abort)\b/i,
      );
    }
  });

  it('gives no two codes the same title', () => {
    expect(new Set(entries.map(({ title }) => title)).size).toBe(entries.length);
  });

  it('does not offer a retry where only a person can help the whole task', () => {
    for (const { code, retry, scope, owner } of entries) {
      if (retry === 'after') expect(owner, code).toBe('wait');
      if (scope === 'item') expect(retry, code).not.toBe('after');
    }
  });

  it('knows its codes and no inherited ones', () => {
    expect(isCode('source-missing')).toBe(true);
    for (const text of ['', 'toString', '__proto__', 'constructor', 'Source-Missing'])
      expect(isCode(text), text).toBe(false);
  });
});
