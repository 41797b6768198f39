/** What a draw is for: the same place in the tree draws something else for each purpose. */
export const PURPOSE = {
  word: 1,
  secondWord: 2,
  extension: 3,
  odd: 4,
  size: 5,
  sizeToo: 6,
  age: 7,
  created: 8,
  wiggle: 9,
  changed: 10,
  added: 11,
  deleted: 12,
  content: 13,
  unreadable: 14,
  vanished: 15,
  locked: 16,
  number: 17,
  access: 18,
  trustee: 19,
} as const;

/** Spreads the bits of a number over 32 bits (the last step of MurmurHash3). */
export function mix(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85eb_ca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2_ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** 32 bits that belong to a place in a tree and a purpose. The same numbers always give the same bits. */
export function bitsOf(seed: number, purpose: number, folder: number, at = 0): number {
  const place = mix(Math.imul(seed + purpose, 0x9e37_79b1) ^ folder);
  return mix(place + Math.imul(at, 0x85eb_ca77));
}

/** 0 <= x < 1 */
export function draw(seed: number, purpose: number, folder: number, at = 0): number {
  return bitsOf(seed, purpose, folder, at) / 2 ** 32;
}
