import type { ItemFilter, ItemPage } from '../../src-shared/contract/console-types.ts';
import type { ResultRow } from '../../src-shared/contract/fleet.ts';
import type { Counts, Tally } from '../../src-shared/model/counts.ts';
import type { SurveyItem } from '../../src-shared/survey/survey.ts';

/**
 * What came of every item of one run (`runs/<run>.db` of the coordinator): for reports and screens. Counters are
 * kept by the writer in the same transaction, so nothing is ever counted by reading it all.
 */
export interface RunResults {
  /**
   * Takes results of a unit in order: those already taken are skipped by their number, what comes after a gap is not taken.
   * Returns the highest number that is safe.
   */
  take(unit: string, rows: readonly ResultRow[], found: Tally): Promise<number>;
  /** The highest number of a unit that is safe; 0 for one that has told nothing. */
  taken(unit: string): Promise<number>;
  /** `found` is the last that was told by the units together; outcomes and codes are those taken. */
  counts(): Promise<Counts>;
  /**
   * Items with an outcome, and those that are gone at the source (outcome null), ordered by id; the cursor is opaque.
   * Times are whole seconds. Pages are read on a connection of their own and never hold the writer up.
   */
  page(filter: ItemFilter, cursor: string | undefined, limit: number): Promise<ItemPage>;
  /**
   * Items that the run found, in the order of their numbers: folders before what is in them.
   * @param after number of the last item of the step before; 0 for the first
   */
  survey(after: number, limit: number): Promise<SurveyStep>;
  close(): Promise<void>;
}

/** A piece of all items: `next` is where to go on, null at the end. */
export interface SurveyStep {
  readonly items: readonly SurveyItem[];
  readonly next: number | null;
}
