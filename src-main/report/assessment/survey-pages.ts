import type { SurveyItem } from '../../../src-shared/survey/survey.ts';
import type { RunResults } from '../../store/run-results.ts';

/** Items that cross between threads at once: enough that the crossing costs little, and few megabytes. */
const STEP_ITEMS = 5_000;

/** All items that a run found, some thousand at a time, folders before what is in them. */
export async function* surveyPages(
  results: Pick<RunResults, 'survey'>,
): AsyncGenerator<readonly SurveyItem[], void, undefined> {
  let after: number | null = 0;
  while (after !== null) {
    const step: Awaited<ReturnType<RunResults['survey']>> = await results.survey(after, STEP_ITEMS);
    yield step.items;
    after = step.next;
  }
}
