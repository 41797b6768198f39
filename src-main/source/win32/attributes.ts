import type { ItemKind } from '../../../src-shared/model/item.ts';

/** File attributes (Win32, "File Attribute Constants"), as far as they mean something here. */
export const ATTRIBUTE = {
  hidden: 0x2,
  system: 0x4,
  directory: 0x10,
  reparsePoint: 0x400,
  offline: 0x1000,
  recallOnOpen: 0x4_0000,
  recallOnDataAccess: 0x40_0000,
} as const;

/** Set in the tag of what stands for something elsewhere: symbolic links, junctions, mounted volumes, links of WSL. */
const NAME_SURROGATE = 0x2000_0000;

/** A program of the Store: opening it opens something else, and the bit above is not set. */
const APP_EXEC_LINK = 0x8000_001b;

/** Sockets, pipes and devices of WSL. */
const special: ReadonlySet<number> = new Set([0x8000_0023, 0x8000_0024, 0x8000_0025, 0x8000_0026]);

/**
 * What an entry is. A reparse point is a link only if its tag says so: files that are deduplicated, tiered or in a cloud are
 * reparse points as well, and are files. @param tag of the reparse point, 0 for anything else
 */
export function kindOf(attributes: number, tag: number): ItemKind {
  if ((attributes & ATTRIBUTE.reparsePoint) !== 0) {
    if ((tag & NAME_SURROGATE) !== 0 || tag === APP_EXEC_LINK) return 'link';
    if (special.has(tag)) return 'special';
  }
  return (attributes & ATTRIBUTE.directory) === 0 ? 'file' : 'folder';
}

/** Whether the content is on tape, on another server or in a cloud, so that reading it fetches it from there first. */
export function isOffline(attributes: number): boolean {
  const elsewhere = ATTRIBUTE.offline | ATTRIBUTE.recallOnOpen | ATTRIBUTE.recallOnDataAccess;
  return (attributes & elsewhere) !== 0;
}
