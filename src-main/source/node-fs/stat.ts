import type { BigIntStats, Stats } from 'node:fs';
import type { ItemKind } from '../../../src-shared/model/item.ts';

/** Links are what lstat says they are: it sees through deduplicated and tiered files of Windows, a Dirent does not. */
export function kindOf(stat: {
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}): ItemKind {
  if (stat.isFile()) return 'file';
  if (stat.isDirectory()) return 'folder';
  return stat.isSymbolicLink() ? 'link' : 'special';
}

/**
 * Whole milliseconds: what a listing and an open handle say can then be compared exactly. Both ask for numbers: as big
 * integers a listing takes some tenth more time, and a time can differ by one millisecond from the other way.
 */
export function timesOf(stat: Stats): { modified: number; created: number } {
  const modified = Math.floor(stat.mtimeMs);
  // 0 where the file system keeps no time of birth.
  return { modified, created: stat.birthtimeMs > 0 ? Math.floor(stat.birthtimeMs) : modified };
}

/** Whether the inode is the one that the file system said: a Stats cannot hold one beyond 2^53, big integers can. */
export function isExact(stat: Stats): boolean {
  return Number.isSafeInteger(stat.ino);
}

/** The inode, if it is on the root's own device: on another one the same number means another file. */
export function fileIdOf(stat: Stats | BigIntStats, rootDevice: number): string | undefined {
  return Number(stat.dev) === rootDevice && stat.ino > 0 ? stat.ino.toString() : undefined;
}
