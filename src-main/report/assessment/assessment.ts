import type { Counts } from '../../../src-shared/model/counts.ts';
import type { Space } from '../../../src-shared/model/rights.ts';
import { type Assumptions, type Forecast, forecasts } from '../../../src-shared/survey/forecast.ts';
import type { MeasuredRates } from '../../../src-shared/survey/measured.ts';
import { type Survey, Surveyor } from '../../../src-shared/survey/survey.ts';
import type { RunResults } from '../../store/run-results.ts';
import type { Duplicates } from '../duplicates/find-duplicates.ts';
import type { Permissions } from '../permissions/read-permissions.ts';
import type { RunFigures } from '../run-summary.ts';
import type { ChangesSince } from './changes-since.ts';
import { surveyPages } from './survey-pages.ts';

/** A dry run with everything that is said about it before a byte moves. */
export interface Assessment extends RunFigures {
  readonly survey: Survey;
  readonly forecasts: readonly Forecast[];
  readonly assumed: Assumptions;
  /** Only if they were asked for. */
  readonly permissions?: Permissions | undefined;
  /** Only if they were looked for. */
  readonly duplicates?: Duplicates | undefined;
  /** Room on the source's volume; undefined where it could not be asked. */
  readonly space?: Space | undefined;
  /** What the forecasts are corrected by; undefined while no run has copied enough. */
  readonly measured: MeasuredRates | undefined;
  /** Undefined for the first assessment, and for one that did not come to its end. */
  readonly changes: ChangesSince | undefined;
  /** Characters of the destination's root, which every path at the destination begins with. */
  readonly rootPathLength: number;
}

/** Reads the items of a dry run once and adds them up. Memory grows with the folders, not with the files. */
export async function assess(
  figures: RunFigures,
  results: Pick<RunResults, 'survey'>,
  parts: {
    readonly now: number;
    readonly rootPathLength: number;
    readonly assumed: Assumptions;
    readonly measured?: MeasuredRates | undefined;
    readonly changes?: ChangesSince | undefined;
  },
): Promise<Assessment> {
  const { now, rootPathLength, assumed, measured, changes } = parts;
  const { fragmentBytes } = figures.task.settings;
  const surveyor = new Surveyor({ now, rootPathLength, fragmentBytes });
  for await (const page of surveyPages(results)) for (const item of page) surveyor.add(item);
  const survey = surveyor.result();
  return {
    ...figures,
    survey,
    forecasts: forecasts(survey.toCopy, assumed, measured),
    assumed,
    measured,
    changes,
    rootPathLength,
  };
}

/** The counts of the run, with what is said of the source as a whole among the codes. */
export function withNotes({ counts, survey }: Pick<Assessment, 'counts' | 'survey'>): Counts {
  return { ...counts, byCode: { ...counts.byCode, ...survey.notes } };
}
