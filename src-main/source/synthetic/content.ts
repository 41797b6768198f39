import { mix } from './draw.ts';

/** Words of four bytes after which the key changes: a counter of 32 bits would come round after 16 GB. */
const WORDS_A_KEY = 2 ** 28;

/**
 * Fills `into` with the bytes from `offset` on of the endless text that belongs to a key. Any part can be had alone, so a
 * file of any size needs no memory, and whoever has the key can check a copy.
 */
export function fillContent(key: number, into: Uint8Array, offset: number): void {
  let at = 0;
  let word = Math.floor(offset / 4);
  let skip = offset % 4;
  while (at < into.length) {
    const part = Math.floor(word / WORDS_A_KEY);
    let bits = mix(mix(key + part) + Math.imul(word % WORDS_A_KEY, 0x9e37_79b1)) >>> (8 * skip);
    for (let byte = skip; byte < 4 && at < into.length; byte += 1) {
      into[at] = bits;
      bits >>>= 8;
      at += 1;
    }
    skip = 0;
    word += 1;
  }
}
