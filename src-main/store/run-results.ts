import type { ItemPage } from '../../src-shared/contract/console-types.ts';
import type { ResultRow } from '../../src-shared/contract/fleet.ts';
import type { ItemQuery } from '../../src-shared/contract/item-query.ts';
import type { Counts, Tally } from '../../src-shared/model/counts.ts';
import type { SurveyItem } from '../../src-shared/survey/survey.ts';

/** Whose results: a unit in one of its generations (decision 21). */
export interface UnitResults {
  readonly unit: string;
  readonly generation: number;
  /** Of its folder below the task's source, '/' between segments; '' is the source itself. */
  readonly path: string;
}

/** Why a unit will tell nothing more: it did all, it was stopped, or it is set aside and what it left undone has failed. */
export type UnitEnding = 'done' | 'stopped' | 'set-aside';

/**
 * What came of every item of one run (`runs/<run>.db` of the coordinator): for reports and screens. Counters are
 * kept by the writer in the same transaction, so nothing is ever counted by reading it all.
 */
export interface RunResults {
  /**
   * Takes results of a unit in order: those already taken are skipped by their number, what comes after a gap is not taken.
   * A generation that is new sets aside what the ones before told, see {@link beginAnew}. Returns the highest number that is safe.
   */
  take(of: UnitResults, rows: readonly ResultRow[], found: Tally): Promise<number>;
  /** The highest number of a unit's generation that is safe; 0 for one that has told nothing. */
  taken(of: UnitResults): Promise<number>;
  /** Notes what is known to be in units before they tell: it is found, and still to do. */
  expect(
    units: readonly { readonly of: UnitResults; readonly files: number; readonly bytes: number }[],
  ): Promise<void>;
  /**
   * Sets aside what earlier generations of a unit told: it counts no more. What is told again of the same path and agrees with what had been
   * told as copied stays copied, with the grade that it had; else the new word counts. Does nothing when that is done already.
   */
  beginAnew(of: UnitResults): Promise<void>;
  /**
   * A unit has ended. What an earlier generation told as copied and nobody told again was copied all the same: it counts again.
   * With `set-aside`, what was found and has no outcome is counted as failed, and so is said of the unit's folder. May be called twice.
   */
  end(of: UnitResults, how: UnitEnding): Promise<void>;
  /** `found` is the last that was told by the units together; outcomes and codes are those taken. */
  counts(): Promise<Counts>;
  /**
   * Items with an outcome, and those that are gone at the source (outcome null), ordered by id; the cursor is opaque.
   * Times are whole seconds. Pages are read on a connection of their own and never hold the writer up.
   * @param atRest nothing is being written: whoever writes reads as well, which saves a thread of some 10 MB
   */
  page(
    filter: ItemQuery,
    cursor: string | undefined,
    limit: number,
    atRest?: boolean | undefined,
  ): Promise<ItemPage>;
  /**
   * Items that the run found, in the order of their numbers: folders before what is in them.
   * @param after number of the last item of the step before; 0 for the first
   * @param atRest as for {@link page}
   */
  survey(after: number, limit: number, atRest?: boolean | undefined): Promise<SurveyStep>;
  close(): Promise<void>;
}

/** A piece of all items: `next` is where to go on, null at the end. */
export interface SurveyStep {
  readonly items: readonly SurveyItem[];
  readonly next: number | null;
}
