import { auditTable, performanceTable } from './history-tables.ts';
import { failuresTable, itemsTable, renamesTable } from './item-tables.ts';
import { migrationManagerTable } from './migration-manager-table.ts';
import type { Project } from './project.ts';
import { spmtFailuresTable, spmtItemsTable, spmtSummaryTable } from './spmt-tables.ts';
import type { Table } from './table.ts';
import { runsTable, tasksTable, verificationTable } from './task-tables.ts';

/** What can be exported, at any time, whatever the state of the runs. */
export const projectExports = {
  tasks: { table: tasksTable, about: 'one row a task, with its last run' },
  runs: { table: runsTable, about: 'one row a run' },
  items: { table: itemsTable, about: 'every file and folder, with what became of it' },
  failures: {
    table: failuresTable,
    about: 'what should be at the destination and is not, why, and what to do',
  },
  renames: { table: renamesTable, about: 'what has another name at the destination, or would need one' },
  verification: { table: verificationTable, about: 'how well each copy was verified' },
  performance: { table: performanceTable, about: 'how fast it was over time, and what limited it' },
  audit: { table: auditTable, about: 'who did what and when' },
  'migration-manager': {
    table: migrationManagerTable,
    about: "runs in the columns of Migration Manager's Aggregate Summary Report.csv",
  },
  'spmt-summary': { table: spmtSummaryTable, about: "runs in the columns of SPMT's SummaryReport.csv" },
  'spmt-items': { table: spmtItemsTable, about: "items in the columns of SPMT's ItemReport.csv" },
  'spmt-failures': {
    table: spmtFailuresTable,
    about: "failures in the columns of SPMT's FailureSummary.csv",
  },
} as const satisfies Record<string, { table: (project: Project) => Table; about: string }>;

export type ExportKind = keyof typeof projectExports;
export const exportKinds = Object.keys(projectExports) as [ExportKind, ...ExportKind[]];
