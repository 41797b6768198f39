import { join } from 'node:path';
import { ok, type Result } from '../../../src-shared/model/problem.ts';
import { diskProblem, writeWhole } from '../write-whole.ts';
import type { Assessment } from './assessment.ts';
import { assessmentHtml } from './assessment-html.ts';
import { findingsCsv } from './findings-csv.ts';
import { scanCsv } from './scan-csv.ts';
import { scanSummaryCsv } from './scan-summary-csv.ts';

/**
 * Writes the files that an assessment has besides those of any run. Codes: store-disk-full, store-unusable.
 * @param folder is there already
 * @returns their names
 */
export async function writeAssessment(
  assessment: Assessment,
  folder: string,
  now: number,
): Promise<Result<string[]>> {
  const { survey, forecasts, assumed, measured, changes, permissions, duplicates, space } = assessment;
  const files = {
    'assessment.html': assessmentHtml(assessment, now),
    'assessment.json': `${JSON.stringify({ survey, forecasts, assumed, measured, changes, permissions, duplicates, space }, undefined, 2)}\n`,
    'ScanSummary.csv': scanSummaryCsv(assessment),
    'scan.csv': scanCsv(assessment),
    'findings.csv': findingsCsv(assessment),
  };
  try {
    for (const [name, text] of Object.entries(files)) await writeWhole(join(folder, name), text);
  } catch (error) {
    return diskProblem(error, folder);
  }
  return ok(Object.keys(files));
}
