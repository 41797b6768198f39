import type { Rights } from '../../model/rights.ts';
import { type AccessList, readSddl } from './sddl.ts';

/**
 * Whether an access list of Windows differs from what its folder hands down: nothing is inherited, or something was added to it, or
 * there is none at all. Such an item becomes a permission scope of its own where permissions are kept.
 */
export function hasOwnRights({ isProtected, entries }: AccessList): boolean {
  if (entries === undefined || isProtected) return true;
  return entries.some(({ type, inherited }) => !inherited && type !== 'other');
}

type Posix = Extract<Rights, { system: 'posix' }>;

/** Read and write, without execute: that means entering for a folder and running for a file. */
const READ_WRITE = 0o666;
const ALL = 0o777;

/** The same for owner, group and mode, which are not handed down: whether they differ from those of the folder around. */
export function differsFrom(above: Posix, item: Posix, kind: 'file' | 'folder'): boolean {
  const bits = kind === 'folder' ? ALL : READ_WRITE;
  return item.user !== above.user || item.group !== above.group || ((item.mode ^ above.mode) & bits) !== 0;
}

/** An access list of Windows read from a right; undefined if it cannot be understood, or is none. */
export function accessListOf(rights: Rights): AccessList | undefined {
  return rights.system === 'windows' ? readSddl(rights.sddl) : undefined;
}
