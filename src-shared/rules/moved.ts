import { sameFingerprint } from '../model/item.ts';
import { DESTINATION_TOLERANCE_MS } from './decide.ts';
import { isRewrittenKind } from './rewritten.ts';

interface Looks {
  readonly size: number;
  readonly modified: number;
}

/**
 * Whether a copy that was moved, by a request whose answer got lost or by somebody else, is otherwise as it was left: its time is that of the file, and so is its
 * size, but for kinds that SharePoint rewrites.
 */
export function isAsLeft(file: Looks & { readonly name: string }, copy: Looks): boolean {
  const size = isRewrittenKind(file.name) ? copy.size : file.size;
  return sameFingerprint({ ...file, size }, copy, DESTINATION_TOLERANCE_MS);
}

/**
 * Whether a folder is one that was elsewhere before: at least half of what is known of that one is in it. Its number alone does not say so: file systems
 * of Unix give the number of a deleted folder to the next one that is made.
 * @param children what was in it and has a copy
 * @param same how many of them are in this one
 */
export function isSameFolder({
  children,
  same,
}: {
  readonly children: number;
  readonly same: number;
}): boolean {
  return children > 0 && same * 2 >= children;
}
