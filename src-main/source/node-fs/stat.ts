import type { BigIntStats } from 'node:fs';
import type { Fingerprint, ItemKind } from '../../../src-shared/model/item.ts';

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

/** Whole milliseconds: what a listing and an open handle say can then be compared exactly. */
export function timesOf(stat: BigIntStats): { modified: number; created: number } {
  const modified = Number(stat.mtimeMs);
  // 0 where the file system keeps no time of birth.
  return { modified, created: stat.birthtimeMs > 0n ? Number(stat.birthtimeMs) : modified };
}

/** The inode, if it is on the root's own device: on another one the same number means another file. */
export function fileIdOf(stat: BigIntStats, rootDevice: bigint): string | undefined {
  return stat.dev === rootDevice && stat.ino > 0n ? stat.ino.toString() : undefined;
}

export function fingerprintOf(stat: BigIntStats, rootDevice: bigint): Fingerprint {
  return { size: Number(stat.size), modified: timesOf(stat).modified, fileId: fileIdOf(stat, rootDevice) };
}
