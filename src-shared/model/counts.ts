import type { z } from 'zod';
import type { countsSchema, tallySchema } from './counts-schema.ts';
import { type Grade, grades, type Outcome, outcomes } from './item.ts';

// The schemas are a file of their own: threads of databases add up and parse nothing, and zod would cost each of them some megabytes.

/** How many, and how much. */
export type Tally = Readonly<z.infer<typeof tallySchema>>;

/**
 * The accounts of a run. At any moment and after any crash:
 * `found` = the sum of all outcomes + what is still to do.
 */
export type Counts = Readonly<z.infer<typeof countsSchema>>;

export const noTally: Tally = { files: 0, folders: 0, others: 0, bytes: 0 };

export function emptyCounts(): Counts {
  return {
    found: noTally,
    byOutcome: Object.fromEntries(outcomes.map((o) => [o, noTally])) as Record<Outcome, Tally>,
    byGrade: Object.fromEntries(grades.map((g) => [g, { files: 0, bytes: 0 }])) as Record<
      Grade,
      { files: number; bytes: number }
    >,
    byCode: {},
  };
}

export function addTally(a: Tally, b: Tally): Tally {
  return {
    files: a.files + b.files,
    folders: a.folders + b.folders,
    others: a.others + b.others,
    bytes: a.bytes + b.bytes,
  };
}

/** `a` without `b`. */
export function lessTally(a: Tally, b: Tally): Tally {
  return {
    files: a.files - b.files,
    folders: a.folders - b.folders,
    others: a.others - b.others,
    bytes: a.bytes - b.bytes,
  };
}

/** All that has an outcome. */
export function settled(counts: Counts): Tally {
  return outcomes.map((outcome) => counts.byOutcome[outcome]).reduce(addTally, noTally);
}

/** What was found and has no outcome yet. A negative figure is a bug: see {@link addsUp}. */
export function stillToDo(counts: Counts): Tally {
  return lessTally(counts.found, settled(counts));
}

/**
 * Whether the sums of a finished run add up: everything found has exactly one outcome. For a run that
 * still lives, pass `finished: false`: then something may be left to do, but never less than nothing.
 */
export function addsUp(counts: Counts, finished: boolean): boolean {
  const rest = Object.values(stillToDo(counts));
  return rest.every((n) => (finished ? n === 0 : n >= 0));
}
