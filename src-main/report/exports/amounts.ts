import type { Counts, Tally } from '../../../src-shared/model/counts.ts';
import { addTally, lessTally, settled } from '../../../src-shared/model/counts.ts';

/** Items of every kind. */
export function items({ files, folders, others }: Tally): number {
  return files + folders + others;
}

/** What a run has to bring to the destination: all that was found and that no rule leaves out. */
export function wanted({ found, byOutcome }: Counts): Tally {
  return lessTally(found, byOutcome['left-out']);
}

/** What is at the destination: copied in this run, or there before. */
export function arrived({ byOutcome }: Counts): Tally {
  return addTally(byOutcome.copied, byOutcome.present);
}

/** What should be there and is not, for whatever reason: failed, accepted as such, or still to do. */
export function notArrived(counts: Counts): Tally {
  return lessTally(wanted(counts), arrived(counts));
}

/** What was found and has no outcome yet. */
export function left(counts: Counts): Tally {
  return lessTally(counts.found, settled(counts));
}

/** Decimal, as SharePoint counts, to a thousandth. */
export function gigabytes(bytes: number): number {
  return rounded(bytes / 1e9);
}

/** So many an hour; null where nothing was worked. */
export function hourly(amount: number, workedMs: number): number | null {
  return workedMs > 0 ? rounded((amount * 3_600_000) / workedMs) : null;
}

export function rounded(number: number): number {
  return Math.round(number * 1_000) / 1_000;
}
