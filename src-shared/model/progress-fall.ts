/** Why a share of what is done can fall. */
export const progressFalls = ['more-found', 'began-again'] as const;
export type ProgressFall = (typeof progressFalls)[number];

/** The highest progress that there was, and how much was known to do then. */
export interface ProgressMark {
  /** 0..1 */
  readonly progress: number;
  /** Items and bytes that were found. */
  readonly items: number;
  readonly bytes: number;
}

/** Less is not seen by anybody. */
const SEEN = 0.005;

/** The mark after progress was told again. Where less is known to do than before, it is about something else. */
export function marked(mark: ProgressMark | null, now: ProgressMark): ProgressMark {
  return mark === null || now.progress >= mark.progress || now.items < mark.items ? now : mark;
}

/** Why it is lower than its mark; null when it is not. It stays said until the mark is reached again. */
export function fallFrom(mark: ProgressMark | null, now: ProgressMark): ProgressFall | null {
  if (mark === null || now.progress > mark.progress - SEEN || now.items < mark.items) return null;
  return now.items > mark.items || now.bytes > mark.bytes ? 'more-found' : 'began-again';
}
