import type { RunResults } from '../store/run-results.ts';

/** What a report is busy with where that takes long: each goes through all items. */
export type ReportStep = 'listing' | 'comparing' | 'adding-up' | 'permissions' | 'beginnings' | 'contents';

/** Told every few thousand items how far a step is. */
export type TellStep = (step: ReportStep, done: number, of: number) => void;

export type Read = Pick<RunResults, 'page' | 'survey'>;

/**
 * The same results; whoever reads all of them through it is heard of.
 * @param of how many items there are
 */
export function heard(results: Read, step: ReportStep, of: number, tell: TellStep): Read {
  let done = 0;
  const count = (items: readonly unknown[]): void => {
    done += items.length;
    tell(step, Math.min(done, of), of);
  };
  return {
    async page(...asked) {
      const page = await results.page(...asked);
      count(page.items);
      return page;
    },
    async survey(...asked) {
      const piece = await results.survey(...asked);
      count(piece.items);
      return piece;
    },
  };
}
