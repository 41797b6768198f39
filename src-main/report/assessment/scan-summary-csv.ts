import { readinessStates } from '../../../src-shared/survey/survey.ts';
import { utc } from '../format.ts';
import { stateWords } from '../words.ts';
import type { Assessment } from './assessment.ts';
import { csvText } from './csv-text.ts';

/**
 * The assessment as one row in the columns of Migration Manager's ScanSummary.csv, so that what people built around that goes on
 * working; our own columns stand after them. Sizes in bytes. The column of unique permissions is empty unless they were read.
 */
export function scanSummaryCsv({ task, run, survey, permissions }: Assessment): string {
  const scopes = permissions?.figures.scopes ?? { folders: 0, files: 0 };
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
    ['UniquePermissions', permissions ? scopes.folders + scopes.files : ''],
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
  return csvText([row.map(([column]) => column), row.map(([, value]) => value)]);
}
