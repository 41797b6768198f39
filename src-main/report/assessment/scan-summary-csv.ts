import { stringify } from 'csv-stringify/sync';
import { readinessStates } from '../../../src-shared/survey/survey.ts';
import { utc } from '../format.ts';
import { stateWords } from '../words.ts';
import type { Assessment } from './assessment.ts';

/**
 * The assessment as one row in the columns of Migration Manager's ScanSummary.csv, so that what people built around that goes on
 * working; our own columns stand after them. Sizes in bytes. Rights are not read, so their column is empty.
 */
export function scanSummaryCsv({ task, run, survey }: Assessment): string {
  const { ready, changes } = survey.readiness;
  const all = readinessStates.map((state) => survey.readiness[state]);
  const sum = (of: (tally: (typeof all)[number]) => number): number =>
    all.reduce((total, tally) => total + of(tally), 0);
  const row: readonly (readonly [column: string, value: string | number])[] = [
    ['TaskId', task.id],
    ['StartTime', utc(run.startedAt)],
    ['EndTime', run.endedAt === null ? '' : utc(run.endedAt)],
    ['TransactionId', run.id],
    ['Name', task.name],
    ['SourcePath', task.source],
    ['Tags', ''],
    ['FoldersReadyToBeMigrated', ready.folders + changes.folders],
    ['FilesReadyToBeMigrated', ready.files + changes.files],
    ['DataReadyToBeMigrated', ready.bytes + changes.bytes],
    ['UniquePermissions', ''],
    ['MaximumPathLength', survey.longestPaths[0]?.value ?? 0],
    ['FoldersScanned', sum(({ folders }) => folders)],
    ['FilesScanned', sum(({ files }) => files)],
    ['DataScanned', sum(({ bytes }) => bytes)],
    ['ScanStatusCode', stateWords[run.state]],
    ['MostRecentScan', utc(run.endedAt ?? run.startedAt)],
    ['FilesReadyWithChanges', changes.files],
    ['FilesBlocked', survey.readiness.blocked.files],
    ['FilesLeftOut', survey.readiness['left-out'].files],
  ];
  return stringify([row.map(([column]) => column), row.map(([, value]) => value)], {
    bom: true,
    record_delimiter: 'windows',
    quote_record_delimiter: true,
    escape_formulas: true,
  });
}
