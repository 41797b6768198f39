import { looksLike, type TheirsFact } from '../../../src-shared/rules/decide.ts';
import type { SourceEntry } from '../../source/source.ts';

/**
 * Whether a name that was found for an entry can be used although something stands there under it: it is as good as a copy of
 * the entry. So a machine that lost its journal finds the copies again that it gave numbers to, and somebody else's file is
 * never taken for one, whatever rule there is for conflicts.
 */
export function isUsable(entry: SourceEntry, theirs: TheirsFact | undefined): boolean {
  if (!theirs) return true;
  if (entry.kind === 'folder') return theirs.kind === 'folder';
  return theirs.kind === 'file' && looksLike(entry, theirs);
}
