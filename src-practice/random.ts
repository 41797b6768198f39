/**
 * Seeded randomness for the practice tenant and the practice share: the same seed gives the same
 * faults, identifiers and files on every machine. Not for secrets.
 */

/** A source of numbers in [0, 1), equally spread, repeatable by its seed. */
export type Random = () => number;

/**
 * Stirs up to four 32-bit words into one (the finalizer of MurmurHash3 over each word):
 * every input bit touches every output bit, so that neighbouring seeds give unrelated streams.
 */
export function mix32(a: number, b = 0, c = 0, d = 0): number {
  let h = 0x9e3779b9;
  h = stir(h ^ a) + 0x7f4a7c15;
  h = stir(h ^ b) + 0x7f4a7c15;
  h = stir(h ^ c) + 0x7f4a7c15;
  return stir(h ^ d) >>> 0;
}

function stir(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}

/** A 32-bit number for a seed given as a number or as text. */
export function seedNumber(seed: number | string): number {
  if (typeof seed === 'number') return mix32(seed | 0, Math.floor(seed / 0x1_0000_0000) | 0, 1);
  let h = seed.length;
  for (let i = 0; i < seed.length; i++) h = mix32(h, seed.charCodeAt(i), 2);
  return h;
}

/**
 * A stream of numbers in [0, 1) with 53 bits each, from a counter run through `mix32`
 * (a counter cannot fall into a short cycle, and a stream can be picked up at any place).
 */
export function seededRandom(seed: number | string): Random {
  const key = seedNumber(seed);
  let low = 0;
  let high = 0;
  return () => {
    low = (low + 1) | 0;
    if (low === 0) high = (high + 1) | 0;
    const first = mix32(key, low, high, 1) >>> 5;
    const second = mix32(key, low, high, 2) >>> 6;
    return (first * 0x400_0000 + second) / 0x20_0000_0000_0000;
  };
}

/** An integer from `low` to `high`, both included. */
export function integerBetween(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

/** One entry of a list that is not empty. */
export function pick<T>(random: Random, list: readonly T[]): T {
  const chosen = list[Math.floor(random() * list.length)];
  if (chosen === undefined) throw new RangeError('pick needs a list with entries');
  return chosen;
}

/** True with the given probability (0 never, 1 always). */
export function chance(random: Random, probability: number): boolean {
  return random() < probability;
}

/** A number of the standard normal distribution (Box and Muller, 1958). */
export function gaussian(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}

/** A number whose logarithm is normal: `median` in the middle, `sigma` the spread of the logarithm. */
export function logNormal(random: Random, median: number, sigma: number): number {
  return median * Math.exp(sigma * gaussian(random));
}

/** A copy of the list in random order (Fisher and Yates). */
export function shuffled<T>(random: Random, list: readonly T[]): T[] {
  const result = [...list];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const a = result[i];
    const b = result[j];
    if (a === undefined || b === undefined) continue;
    result[i] = b;
    result[j] = a;
  }
  return result;
}

/** `length` random bytes, four at a time. */
export function randomBytes(random: Random, length: number): Uint8Array {
  const words = new Uint32Array(Math.ceil(length / 4));
  const key = Math.floor(random() * 0x1_0000_0000);
  for (let i = 0; i < words.length; i++) words[i] = mix32(key, i, 3);
  return new Uint8Array(words.buffer, 0, length);
}
