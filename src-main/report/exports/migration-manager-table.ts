import { explain } from '../run-summary.ts';
import { arrived, gigabytes, items, notArrived, rounded, wanted } from './amounts.ts';
import { familiarStates } from './familiar-words.ts';
import type { Project, ProjectRun } from './project.ts';
import { type Column, type Table, tableOf } from './table.ts';

/**
 * The columns of Migration Manager's "Aggregate Summary Report.csv", a row a run, so that what people built around them goes on
 * working. Items are files, folders and what is neither. What was there before counts as migrated. `Agent` and `Agent group` stay
 * empty: any number of machines works on a task.
 */
export function migrationManagerTable(project: Project): Table {
  return tableOf('Aggregate Summary Report', columns, project.runs());
}

const columns: readonly Column<ProjectRun>[] = [
  ['Task name', ({ row }) => row.task.name],
  ['Status', ({ run }) => familiarStates[run.state]],
  ['Source', ({ row }) => row.task.source],
  ['Destination', ({ row }) => row.task.destination],
  ['Total scanned items', ({ counts }) => items(counts.found)],
  ['Total to be migrated items', ({ counts }) => items(wanted(counts))],
  ['Migrated items', ({ counts }) => items(arrived(counts))],
  ['Items not migrated', ({ counts }) => items(notArrived(counts))],
  ['Total bytes', ({ counts }) => counts.found.bytes],
  ['Total GB', ({ counts }) => gigabytes(counts.found.bytes)],
  ['Migrated bytes', ({ counts }) => arrived(counts).bytes],
  ['Migrated GB', ({ counts }) => gigabytes(arrived(counts).bytes)],
  ['Agent', () => null],
  ['Duration (min)', ({ usage }) => rounded(usage.workedMs / 60_000)],
  ['TaskID', ({ row }) => row.task.id],
  ['Task failure reason', ({ run }) => (run.problem ? explain(run.problem.code).title : null)],
  ['Agent group', () => null],
];
