import type { Grade } from '../model/item.ts';
import { DESTINATION_TOLERANCE_MS } from './decide.ts';
import { isRewrittenKind } from './rewritten.ts';

/**
 * What a later verification says of a copy. The grades, and one more: `changed` is what somebody edited at the destination
 * since it was copied. It is no error of the copy, and the copy is no longer what was verified.
 */
export const verdicts = [
  'identical',
  'rewritten',
  'size-equal',
  'present',
  'changed',
  'differs',
  'missing',
] as const satisfies readonly (Grade | 'changed')[];
export type Verdict = (typeof verdicts)[number];

/** Verdicts that say: this is not, or not any more, the copy that was made. */
export const badVerdicts: ReadonlySet<Verdict> = new Set(['changed', 'differs', 'missing']);

/** A copy as it was recorded. Times in milliseconds since 1970. */
export interface RecordedCopy {
  readonly kind: 'file' | 'folder';
  readonly name: string;
  readonly parent: string | undefined;
  readonly tag: string | undefined;
  readonly size: number;
  readonly modified: number;
  readonly grade: Grade | undefined;
  readonly sentHash: string | undefined;
}

/** The same item as the destination has it now. */
export interface FoundCopy {
  readonly kind: 'file' | 'folder';
  readonly name: string;
  readonly parent: string;
  readonly tag: string;
  readonly size: number;
  readonly modified: number;
  readonly hash: string | undefined;
}

export interface Comparison {
  readonly verdict: Verdict;
  /** It has another name or another folder there now. */
  readonly moved: boolean;
  /** Its tag is another, while what is in it is the same: somebody filled in a column, or set a label. */
  readonly touched: boolean;
}

/**
 * What can be said of a copy from the listing alone. The hash decides where both sides have one; else the tag, which changes
 * with every change of an item; else size and time.
 */
export function compareCopy(copy: RecordedCopy, found: FoundCopy): Comparison {
  const moved = found.name !== copy.name || (copy.parent !== undefined && found.parent !== copy.parent);
  const retagged = copy.tag !== undefined && copy.tag !== found.tag;
  const verdict = copy.kind === found.kind ? verdictOf(copy, found, retagged) : 'changed';
  return { verdict, moved, touched: retagged && !moved && !badVerdicts.has(verdict) };
}

function verdictOf(copy: RecordedCopy, found: FoundCopy, retagged: boolean): Verdict {
  if (copy.kind === 'folder') return 'present';
  const sameSize = copy.size === found.size;
  const bothHashes = copy.sentHash !== undefined && found.hash !== undefined;
  if (sameSize && bothHashes && copy.sentHash === found.hash) return 'identical';
  const sameTime = Math.abs(copy.modified - found.modified) <= DESTINATION_TOLERANCE_MS;
  if (retagged && !sameTime) return 'changed';
  if (sameSize && !bothHashes) {
    // As it was verified then: the tag says that nobody changed it.
    if (!retagged && copy.grade !== undefined && copy.grade !== 'missing') return copy.grade;
    return 'size-equal';
  }
  return isRewrittenKind(copy.name) ? 'rewritten' : 'differs';
}
