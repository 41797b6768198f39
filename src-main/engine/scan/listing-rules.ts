import type { PaceRules } from '../concurrency/pace.ts';

/** The cap of what is asked of a share at the same time: SMB servers grant some 128 to 512 requests to a client altogether. */
export const MOST_AT_ONCE = 64;
/** What one call is worth in entries: an empty folder costs the server and us something too. */
export const ENTRIES_A_CALL = 20;

/**
 * One piece of work is a folder. A disk next to us wants two or three at once; a share where every call takes milliseconds wants dozens. With eight
 * at the start neither thread nor journal waits for the next message while the rest is being tried (a tenth faster on a disk than with four).
 */
export const listingRules: PaceRules = {
  ...{ first: 8, fewest: 2, most: MOST_AT_ONCE, windowMs: 250, doublingWindowMs: 100, windowAtMostMs: 3_000 },
  ...{ piecesEach: 1, steadyWindows: 8, enough: 0.95 },
};
