/** Where what is in a `struct statx` (linux/stat.h), of one layout wherever Linux runs, in words of 32 bits. */
const AT = { links: 4, mode: 7, ino: 8, size: 10, born: 20, modified: 28, major: 34, minor: 35 } as const;

const FORMAT = 0o170000;
const FILE = 0o100000;
const FOLDER = 0o040000;
const LINK = 0o120000;

const WORD = 2 ** 32;

/** Index in `itemKinds`. */
export function kindIn(stat: Uint32Array): number {
  const format = (stat[AT.mode] ?? 0) & FORMAT;
  if (format === FILE) return 0;
  if (format === FOLDER) return 1;
  return format === LINK ? 2 : 3;
}

export function sizeIn(stat: Uint32Array): number {
  return (stat[AT.size] ?? 0) + (stat[AT.size + 1] ?? 0) * WORD;
}

export function linksIn(stat: Uint32Array): number {
  return stat[AT.links] ?? 0;
}

/** Whole milliseconds since 1970, as `timesOf` makes them of what Node says: the same sum, so that no rounding differs. */
export function modifiedIn(stat: Uint32Array): number {
  return Math.floor(millisecondsAt(stat, AT.modified));
}

/** 0 or less where the file system keeps no time of birth. */
export function bornIn(stat: Uint32Array): number {
  return Math.floor(millisecondsAt(stat, AT.born));
}

export function lowIdIn(stat: Uint32Array): number {
  return stat[AT.ino] ?? 0;
}

export function highIdIn(stat: Uint32Array): number {
  return stat[AT.ino + 1] ?? 0;
}

/** Whether the entry is on a device, by its number as Node says it: bits of its two parts in turn (glibc, `makedev`). */
export function isOnDevice(stat: Uint32Array, device: number): boolean {
  const major = stat[AT.major] ?? 0;
  const minor = stat[AT.minor] ?? 0;
  const low = ((minor & 0xff) | ((major & 0xfff) << 8) | ((minor & 0xf_ff00) << 12)) >>> 0;
  return (minor >>> 20) * WORD + (major >>> 12) * 2 ** 44 + low === device;
}

function millisecondsAt(stat: Uint32Array, at: number): number {
  const seconds = ((stat[at + 1] ?? 0) | 0) * WORD + (stat[at] ?? 0);
  return seconds * 1_000 + (stat[at + 2] ?? 0) / 1_000_000;
}
