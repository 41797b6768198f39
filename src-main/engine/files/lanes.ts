import type { TaskSettings } from '../../../src-shared/model/settings.ts';
import type { FileToCopy, SizeRange } from '../../store/journal.ts';
import { Pace, type PaceRules } from '../concurrency/pace.ts';

/** Small files cost requests, many of them in flight; large ones cost bytes, a few fill any line. */
export const laneNames = ['small', 'large'] as const;
export type LaneName = (typeof laneNames)[number];

/** Up to here a file is read in one go before its upload is opened. */
const SMALL_BYTES = 4 * 1_048_576;

/** Bytes up to which a file counts as small. */
export function largestSmall({ fragmentBytes }: Pick<TaskSettings, 'fragmentBytes'>): number {
  return Math.min(SMALL_BYTES, fragmentBytes);
}

/** The sizes of the files that each lane takes from the journal. */
export function laneSizes(settings: Pick<TaskSettings, 'fragmentBytes'>): Record<LaneName, SizeRange> {
  const largest = largestSmall(settings);
  return {
    small: { least: 0, most: largest },
    large: { least: largest + 1, most: Number.MAX_SAFE_INTEGER },
  };
}

export function isSmall(file: FileToCopy, largest: number): boolean {
  return file.upload === undefined && file.fingerprint.size <= largest;
}

/**
 * How many files each lane has in flight is found out while copying, up to what the task allows. Small files begin with as many as
 * Microsoft's advice of few allows for: the first seconds, when code is cold and folders are still being made, say nothing about what is
 * best. A window sees two groups of each, since all groups begin with opening their uploads, and whoever looks at less than
 * one judges the rhythm. A quarter fewer cost a quarter of the speed where a service answers slowly, so they are tried seldom.
 */
const small: Omit<PaceRules, 'most'> = {
  ...{ first: 16, fewest: 4, windowMs: 500, doublingWindowMs: 500, windowAtMostMs: 20_000 },
  ...{ piecesEach: 40, steadyWindows: 20, enough: 0.98 },
};
const large: Omit<PaceRules, 'most'> = {
  ...{ first: 4, fewest: 1, windowMs: 2_000, doublingWindowMs: 1_000, windowAtMostMs: 20_000 },
  ...{ piecesEach: 2, steadyWindows: 10, enough: 0.95 },
};

/** @param most files of the task that may be in flight */
export function lanePaces(now: number, most: number): Record<LaneName, Pace> {
  return { small: new Pace(now, { ...small, most }), large: new Pace(now, { ...large, most }) };
}
