import { readinessStates } from '../../../src-shared/survey/survey.ts';
import { utc } from '../format.ts';
import type { Assessment } from './assessment.ts';
import { csvText } from './csv-text.ts';

/**
 * The scan in one row, in our columns: sizes in bytes, times in UTC, empty what was not asked for. Rows of several scans can be
 * put under one another. Columns are never renamed or moved, only added at the end.
 */
export function scanCsv({ task, run, counts, survey, permissions, space }: Assessment): string {
  const { found } = counts;
  const rights = permissions?.figures;
  const row: readonly (readonly [column: string, value: string | number])[] = [
    ['task', task.name],
    ['source', task.source],
    ['destination', task.destination],
    ['state', run.state],
    ['started', utc(run.startedAt)],
    ['ended', run.endedAt === null ? '' : utc(run.endedAt)],
    ['files', found.files],
    ['folders', found.folders],
    ['others', found.others],
    ['bytes', found.bytes],
    ...readinessStates.flatMap((state) => {
      const { files, folders, bytes } = survey.readiness[state];
      const of = [
        ['files', files],
        ['folders', folders],
        ['bytes', bytes],
      ] as const;
      return of.map(([what, value]) => [`${state} ${what}`, value] as const);
    }),
    ['files to copy', survey.toCopy.files],
    ['bytes to copy', survey.toCopy.bytes],
    ['longest path', survey.longestPaths[0]?.value ?? 0],
    ['largest file', survey.largest[0]?.value ?? 0],
    ['wide folders', survey.wideFolders],
    ['unread folders', counts.byCode['folder-unreadable']?.items ?? 0],
    ['free on source', space?.free ?? ''],
    ['permission scopes', rights ? rights.scopes.folders + rights.scopes.files : ''],
    ['items with deny entries', rights?.denied ?? ''],
    ['unknown principals', rights?.system === 'windows' ? rights.principals.unknown : ''],
    ['unread permissions', rights?.unread ?? ''],
  ];
  return csvText([row.map(([column]) => column), row.map(([, value]) => value)]);
}
