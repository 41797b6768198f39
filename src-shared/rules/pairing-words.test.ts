import { describe, expect, it } from 'vitest';
import { pairingWords } from './pairing-words.ts';

describe('the words that two screens are compared by', () => {
  it('are other ones for every value of a byte, and none is unset', () => {
    const words = Array.from({ length: 256 }, (_, byte) => pairingWords(new Uint8Array([byte, 0, 0, 0])));
    expect(new Set(words).size).toBe(256);
    for (const text of words) expect(text).toMatch(/^[a-z]{3,8} acorn acorn acorn$/);
  });

  it('stay the same for ever: another version shows the same ones', () => {
    expect(pairingWords(new Uint8Array([0, 1, 128, 255, 77]))).toBe('acorn album ivory velvet');
  });

  it('need a hash that is long enough', () => {
    expect(() => pairingWords(new Uint8Array(3))).toThrow();
  });
});
