import type { SurveyBin, SurveyFigures } from '../../../../src-shared/contract/assessments.ts';
import type { Counts } from '../../../../src-shared/model/counts.ts';
import type { Bin } from '../../../../src-shared/survey/bins.ts';
import type { Survey } from '../../../../src-shared/survey/survey.ts';

/** What an assessment shows, of what its items add up to. */
export function figuresOf(
  survey: Survey,
  counts: Counts,
  of: Pick<SurveyFigures, 'asOf' | 'rootPathLength'>,
): SurveyFigures {
  const { readiness, toCopy, types, otherTypes, tree, topFolders, notes } = survey;
  return {
    ...of,
    ...{ readiness, toCopy, types, otherTypes, tree, topFolders },
    sizes: survey.sizes.map(shown),
    ages: survey.ages.map(shown),
    depths: survey.depths.map(shown),
    pathLengths: survey.pathLengths.map(shown),
    findings: { ...counts.byCode, ...notes },
    ofTheWhole: Object.keys(notes),
  };
}

/** No bound is said as null: JSON has no infinity. */
function shown({ from, to, files, bytes }: Bin): SurveyBin {
  return { from: Number.isFinite(from) ? from : null, to, files, bytes };
}
