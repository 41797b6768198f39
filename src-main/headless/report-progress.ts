import { count } from '../report/format.ts';
import type { ReportStep } from '../report/report-steps.ts';

const stepWords: Readonly<Record<ReportStep, string>> = {
  listing: 'writing the report',
  comparing: 'comparing with the last assessment',
  'adding-up': 'adding up',
  permissions: 'reading who has access',
  beginnings: 'comparing how files begin',
  contents: 'comparing what files hold',
};

/** How far a report is, on one line. */
export function stepText(step: ReportStep, done: number, of: number): string {
  return `${stepWords[step]} · ${count(done)} of ${count(of)} items`;
}
