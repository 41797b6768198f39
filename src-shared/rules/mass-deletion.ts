/** More than this many items of one run are not deleted without being asked for. */
export const MOST_UNASKED = 1_000;
/** Nor more than this share of what the task has at the destination, */
export const LARGEST_SHARE = 0.25;
/** unless they are so few that a person sees them all at a glance. */
export const FEW = 10;

/** Copies whose source is gone, and all copies that are known. */
export interface Deletions {
  readonly going: number;
  readonly known: number;
}

/**
 * Whether so many copies may go to the recycle bin. A share that is half away is more often a mistake (another folder mounted, a wrong
 * cleaning up) than a wish.
 * @param confirmed as many as a person said may go in one run; 0 if nobody said anything
 */
export function mayDelete({ going, known }: Deletions, confirmed: number): boolean {
  if (going <= confirmed) return true;
  if (going > MOST_UNASKED) return false;
  return going <= FEW || going <= known * LARGEST_SHARE;
}
