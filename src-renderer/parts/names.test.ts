import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutMiddle, readableAddress, splitPath } from './path-cut.ts';
import { stretches, visible } from './visible.ts';

describe('hostile names', () => {
  it.each([
    ['invoice\u202Efdp.exe', 'invoice⟨U+202E⟩fdp.exe'],
    ['line\nbreak', 'line⟨U+000A⟩break'],
    ['zero\u200bwidth', 'zero⟨U+200B⟩width'],
    ['no\u00a0break', 'no⟨U+00A0⟩break'],
    [' edges ', '⟨U+0020⟩edges⟨U+0020⟩'],
    ['tag\u{e0041}', 'tag⟨U+E0041⟩'],
    ['half \ud83d', 'half ⟨U+D83D⟩'],
    ['\u2066isolate\u2069', '⟨U+2066⟩isolate⟨U+2069⟩'],
  ])('%j shows what is hidden in it', (name, shown) => {
    expect(visible(name)).toBe(shown);
  });

  it.each([
    'Müller & Söhne 🚢.pdf',
    'family 👨‍👩‍👧.jpg',
    '報告書.docx',
    'café',
    '<b>bold</b>.txt',
    'שלום.txt',
  ])('%j is shown as it is', (name) => {
    expect(visible(name)).toBe(name);
  });

  it('lose nothing and hide nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const parts = stretches(name);
        const back = parts.map(({ text, hidden }) =>
          hidden ? String.fromCodePoint(Number.parseInt(text.slice(2), 16)) : text,
        );
        expect(back.join('')).toBe(name);
        for (const { at, text, hidden } of parts) {
          if (!hidden) expect(name.slice(at, at + text.length)).toBe(text);
          if (!hidden)
            expect(text.replaceAll('\u200d', '')).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
        }
      }),
    );
  });
});

describe('paths', () => {
  it.each([
    ['a/b/c.txt', 'a/b/', 'c.txt'],
    ['c.txt', '', 'c.txt'],
    ['\\\\srv\\share\\x', '\\\\srv\\share\\', 'x'],
  ])('%j has folders and a name', (path, folders, name) => {
    expect(splitPath(path)).toEqual({ folders, name });
  });

  it('are cut in the middle, so that the extension stays', () => {
    expect(cutMiddle('a very long name of a file.docx', 15)).toBe('a very …le.docx');
  });

  it('are never cut through a character, and never too long', () => {
    const count = (text: string) => [...new Intl.Segmenter().segment(text)].length;
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.integer({ min: 3, max: 40 }),
        (text, max) => {
          const cut = cutMiddle(text, max);
          if (count(text) <= max) expect(cut).toBe(text);
          const [head = '', tail = ''] = cut === text ? [text, ''] : cut.split('…');
          expect(text.startsWith(head)).toBe(true);
          if (cut !== text && !text.includes('…')) expect(text.endsWith(tail)).toBe(true);
        },
      ),
    );
  });

  it.each([
    ['https://x.test/Shared%20Documents/%C3%9Cbersicht', 'https://x.test/Shared Documents/Übersicht'],
    ['https://x.test/100%/a', 'https://x.test/100%/a'],
    ['https://x.test/%FF%FE', 'https://x.test/%FF%FE'],
    ['https://x.test/a%2Fb', 'https://x.test/a%2Fb'],
  ])('the address %j is read as %j', (address, shown) => {
    expect(readableAddress(address)).toBe(shown);
  });

  it('addresses are always shown, whatever they hold', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('%', '2', 'C', 'f', 'g', '/', 'ü', '%E2') }),
        (address) => {
          expect(readableAddress(address).length).toBeLessThanOrEqual(address.length);
        },
      ),
    );
  });
});
