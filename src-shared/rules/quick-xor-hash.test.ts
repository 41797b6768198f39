import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QuickXorHash, toBase64 } from './quick-xor-hash.ts';

/** Vectors as published with rclone's implementation (quickxorhash_test.go): input in base64, hash. */
const published: readonly (readonly [string, string])[] = [
  ['', 'AAAAAAAAAAAAAAAAAAAAAAAAAAA='],
  ['Sg==', 'SgAAAAAAAAAAAAAAAQAAAAAAAAA='],
  ['tbQ=', 'taAFAAAAAAAAAAAAAgAAAAAAAAA='],
  ['0pZP', '0rDEEwAAAAAAAAAAAwAAAAAAAAA='],
  ['/aNzzCFPS/A=', '/RjFHJgRgicsAR4ACAAAAAAAAAA='],
  ['XoJ1AsoR4fDYJrDqYs4=', 'XhBEHQSgjAiEAx7YPgEs1CEGZwA='],
  ['2fuxhBJXtpWFe8dOfdGeHw==', 'O9tHLAghgSvYohKFyMMxnNCHaHg='],
  ['T6LYJIfDh81JrAK309H2JMJTXis=', 'zBTHrspn3mEcohlJdIUAbjGNaNg='],
  ['NbYXsp5/K6mR+NmHwExjvWeWDJFnXTKWVlzYHoesp2E=', 'wjuAuWDiq04qDt1R8hHWDDcwVoQ='],
  [
    'Mb7EGva2rEE5fENDL85P+BsapHEEjv2/siVhKjvAQe02feExVOQSkfmuYzU/kTF1MaKjPmKF/w+cbvwfdWL8aQ==',
    'n1anP5NfvD4XDYWIeRPW3ZkPv1Y=',
  ],
];

/** The definition taken word for word: one bit after the other. */
function bitByBit(input: Uint8Array): Uint8Array {
  const register = new Uint8Array(20);
  const flip = (bit: number) => {
    register[bit >> 3] = (register[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  };
  input.forEach((byte, i) => {
    for (let bit = 0; bit < 8; bit++) if ((byte >> bit) & 1) flip((11 * i + bit) % 160);
  });
  const length = new DataView(new ArrayBuffer(8));
  length.setBigUint64(0, BigInt(input.length), true);
  for (let i = 0; i < 8; i++) register[12 + i] = (register[12 + i] ?? 0) ^ length.getUint8(i);
  return register;
}

describe('quickXorHash', () => {
  it.each(published)('gives the published hash for %s', (input, hash) => {
    expect(new QuickXorHash().update(Buffer.from(input, 'base64')).toBase64()).toBe(hash);
  });

  it('is the definition for every split and every alignment of the input', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 3000 }),
        fc.array(fc.nat(1200), { maxLength: 6 }),
        fc.nat(3),
        (input, sizes, shift) => {
          const memory = new Uint8Array(input.length + shift);
          memory.set(input, shift);
          const hash = new QuickXorHash();
          let from = shift;
          for (const size of [...sizes, memory.length]) {
            const to = Math.min(memory.length, from + size);
            hash.update(memory.subarray(from, to));
            from = to;
          }
          expect(hash.digest()).toEqual(bitByBit(input));
        },
      ),
      { numRuns: 300, seed: 160 },
    );
  });

  it('is the definition over more than one strip of whole words', () => {
    const input = Uint8Array.from({ length: 70_001 }, (_, i) => (i * 131) >> 3);
    expect(new QuickXorHash().update(input).digest()).toEqual(bitByBit(input));
  });

  it('answers in the middle without losing its place, and copies stand alone', () => {
    const input = Uint8Array.from({ length: 1000 }, (_, i) => i * 7);
    const hash = new QuickXorHash().update(input.subarray(0, 333));
    const copy = hash.copy();
    expect(hash.digest()).toEqual(bitByBit(input.subarray(0, 333)));
    hash.update(input.subarray(333));
    expect(hash.digest()).toEqual(bitByBit(input));
    expect(copy.digest()).toEqual(bitByBit(input.subarray(0, 333)));
  });

  it('counts on where 32 bits end', () => {
    // Noughts leave the register alone, so of a file of more than 4 GiB only its last bytes and its length are in it.
    const strip = new Uint8Array(16 * 1_048_576);
    const hash = new QuickXorHash();
    for (let sent = 0; sent < 2 ** 32; sent += strip.length) hash.update(strip);
    const tail = Uint8Array.of(1, 2, 3);
    const inPlace = new Uint8Array((2 ** 32 % 160) + tail.length);
    inPlace.set(tail, 2 ** 32 % 160);
    const expected = bitByBit(inPlace);
    const length = new DataView(expected.buffer, 12);
    const withoutLength = length.getBigUint64(0, true) ^ BigInt(inPlace.length);
    length.setBigUint64(0, withoutLength ^ (2n ** 32n + BigInt(tail.length)), true);
    expect(hash.update(tail).digest()).toEqual(expected);
  });

  it('writes base64 as everybody does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
      }),
    );
  });
});
