import { describe, expect, it } from 'vitest';
import { codes, lookUp } from '../../src-shared/catalogue/catalogue.ts';
import { codeEntry } from './code-texts.ts';
import { de } from './de.ts';
import { deCodes } from './de-codes.ts';
import { en } from './en.ts';
import { createFormat } from './format.ts';

/** All texts of a catalogue by their path; those with parameters are called with something plausible. */
function flat(value: unknown, path = ''): Map<string, string> {
  if (typeof value === 'string') return new Map([[path, value]]);
  if (typeof value === 'function') return new Map([[path, String(value('7', '8', '9'))]]);
  const parts = Object.entries(value ?? {}).map(([key, part]) => flat(part, `${path}.${key}`));
  return new Map(parts.flatMap((part) => [...part]));
}

// What happened is told from facts, not from words: events.test.ts.
const english = flat({ ...en(createFormat('en')), event: undefined });
const german = flat({ ...de(createFormat('de')), event: undefined });

describe('the message catalogues', () => {
  it('say the same things', () => {
    expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('use what they are given', () => {
    for (const [path, text] of [...english, ...german])
      expect(text, path).not.toMatch(/undefined|\[object|#/);
  });

  it('do not shout, and say nothing was successful', () => {
    for (const [path, text] of [...english, ...german]) {
      expect(text, path).not.toMatch(/!|successfully|erfolgreich/i);
      expect(text.trim(), path).toBe(text);
    }
  });
});

describe('the German texts of codes', () => {
  it.each(codes)('%s has title, cause and remedy of its own', (code) => {
    const { title, cause, remedy } = deCodes[code];
    const original = lookUp(code);
    expect(title).toMatch(/^\p{Lu}/u);
    expect(title).not.toMatch(/[.!?]$/);
    expect(title.length).toBeLessThanOrEqual(70);
    for (const text of [cause, remedy]) expect(text).toMatch(/[.?]$|: openssl .+$/);
    expect([title, cause]).not.toEqual([original.title, original.cause]);
  });

  it('keep severity and owner', () => {
    expect(codeEntry('de', 'throttled')).toMatchObject({ severity: 'info', owner: 'wait' });
    expect(codeEntry('en', 'of-a-newer-machine')).toBeUndefined();
  });
});
