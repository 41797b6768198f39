import type { SurveyItem } from '../../../src-shared/survey/survey.ts';

/** The items of a run in the order in which they were found: folders before what is in them. */
export type SurveyPages = AsyncIterable<readonly SurveyItem[]>;
