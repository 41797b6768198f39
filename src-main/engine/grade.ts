import type { Grade } from '../../src-shared/model/item.ts';
import { isRewrittenKind } from '../../src-shared/rules/rewritten.ts';
import type { ItemFinding } from '../store/journal.ts';

/** What was sent. */
export interface Sent {
  readonly name: string;
  readonly size: number;
  /** quickXorHash of the bytes that were read, in base64. */
  readonly hash: string;
}

/** What the destination says of the copy. */
export interface Reported {
  readonly size: number;
  readonly hash: string | undefined;
}

/** What verification can say of a copy from the two. Nothing is ever deleted because of it. */
export function gradeCopy(
  sent: Sent,
  there: Reported,
): Extract<Grade, 'identical' | 'rewritten' | 'size-equal' | 'differs'> {
  if (there.hash === sent.hash && there.size === sent.size) return 'identical';
  if (there.hash === undefined && there.size === sent.size) return 'size-equal';
  return isRewrittenKind(sent.name) ? 'rewritten' : 'differs';
}

/** What is to be said about a graded copy; nothing when all is well. */
export function gradeFindings(grade: Grade, sent: Sent, there: Reported): readonly ItemFinding[] {
  if (grade === 'rewritten') return [{ code: 'rewritten-by-service' }];
  if (grade !== 'differs') return [];
  const detail = `sent ${sent.size} bytes ${sent.hash}, there ${there.size} bytes ${there.hash ?? 'without a hash'}`;
  return [{ code: 'content-differs', detail }];
}
