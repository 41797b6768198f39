import { severityRank } from '../../../src-shared/catalogue/entry.ts';
import { codeGroups, explain } from '../run-summary.ts';
import { arrived, gigabytes, hourly, items, notArrived, rounded, wanted } from './amounts.ts';
import { familiarStates } from './familiar-words.ts';
import { nameOf } from './item-tables.ts';
import type { Project, ProjectItem, ProjectRun } from './project.ts';
import { type Column, moment, type Table, tableOf } from './table.ts';

/** The columns of SPMT's `SummaryReport.csv`, a row a run. What it calls packages and jobs Convoy does not have: empty. */
export function spmtSummaryTable(project: Project): Table {
  return tableOf('SummaryReport', summaryColumns, project.runs());
}

/** The columns of SPMT's `ItemReport.csv`: every item of the runs. */
export function spmtItemsTable(project: Project): Table {
  return tableOf('ItemReport', itemColumns, project.items({}));
}

/** The columns of SPMT's `FailureSummary.csv`: what failed. */
export function spmtFailuresTable(project: Project): Table {
  return tableOf('FailureSummary', failureColumns, project.items({ outcome: 'failed' }));
}

const summaryColumns: readonly Column<ProjectRun>[] = [
  ['Source', ({ row }) => row.task.source],
  ['Destination', ({ row }) => row.task.destination],
  ['Status', ({ run }) => familiarStates[run.state]],
  ['Total bytes', ({ counts }) => counts.found.bytes],
  ['Total GB', ({ counts }) => gigabytes(counts.found.bytes)],
  ['Count of files', ({ counts }) => counts.found.files],
  ['Migrated bytes', ({ counts }) => arrived(counts).bytes],
  ['Migrated GB in current round', ({ counts }) => gigabytes(counts.byOutcome.copied.bytes)],
  ['GB not migrated in current round', ({ counts }) => gigabytes(notArrived(counts).bytes)],
  ['Total scanned items', ({ counts }) => items(counts.found)],
  [
    'Total to be migrated in current round',
    ({ counts }) => items(wanted(counts)) - items(counts.byOutcome.present),
  ],
  ['Migrated items in current round', ({ counts }) => items(counts.byOutcome.copied)],
  ['Items not migrated in current round', ({ counts }) => items(notArrived(counts))],
  ['Warning count in current round', ({ counts }) => warnings(counts)],
  ['Start time', ({ run }) => moment(run.startedAt)],
  ['End time', ({ run }) => moment(run.endedAt)],
  ['Duration', ({ usage }) => rounded(usage.workedMs / 1_000)],
  ['GB/hour', ({ counts, usage }) => gigabytes(hourly(counts.byOutcome.copied.bytes, usage.workedMs) ?? 0)],
  ['Round number', ({ run }) => run.number],
  ['Workflow ID', () => null],
  ['Task ID', ({ row }) => row.task.id],
  ['Log Path', () => null],
];

function warnings(counts: ProjectRun['counts']): number {
  return codeGroups(counts)
    .filter(({ severity }) => severity === 'warning')
    .reduce((sum, group) => sum + group.items, 0);
}

const leading: readonly Column<ProjectItem>[] = [
  [
    'Source',
    ({ row, item }) => join(row.task.source, item.path, row.task.source.includes('\\') ? '\\' : '/'),
  ],
  ['Destination', ({ row, item }) => join(row.task.destination, there(item), '/')],
  ['File name', ({ item }) => nameOf(item.path)],
  ['Extension', ({ item }) => (item.kind === 'file' ? extension(nameOf(item.path)) : null)],
  ['File size', ({ item }) => item.size],
  ['Content type', ({ item }) => (item.kind === 'folder' ? 'Folder' : 'File')],
  ['Status', ({ item }) => status(item)],
  [
    'Result category',
    ({ item }) =>
      item.outcome === 'failed' ? 'UPLOADING FAILURE' : item.outcome === 'left-out' ? 'SKIPPED' : 'SUCCESS',
  ],
  ['Message', ({ item }) => item.findings.map(({ code }) => explain(code).title).join(' / ') || null],
];
const trailing: readonly Column<ProjectItem>[] = [
  ['Package number', () => 'N/A'],
  ['Migration job ID', () => 'N/A'],
  ['Incremental round', ({ run }) => run.number],
  ['Task ID', ({ row }) => row.task.id],
  ['Device name', () => null],
];

const itemColumns: readonly Column<ProjectItem>[] = [
  ...leading,
  ['Source item ID', ({ item }) => item.item],
  ['Destination item ID', () => null],
  ...trailing,
];

const failureColumns: readonly Column<ProjectItem>[] = [
  ...leading,
  ['Error code', ({ item }) => worst(item)],
  ...trailing,
];

function status({ outcome }: ProjectItem['item']): string {
  if (outcome === null) return 'Gone';
  return {
    copied: 'Migrated',
    present: 'Migrated',
    'left-out': 'Skipped',
    failed: 'Failed',
    accepted: 'Failed (accepted)',
    planned: 'Scanned',
  }[outcome];
}

/** The code that says most: of the worst severity. */
function worst({ findings }: ProjectItem['item']): string | null {
  const [first] = [...findings].sort(
    (a, b) => severityRank[explain(a.code).severity] - severityRank[explain(b.code).severity],
  );
  return first?.code ?? null;
}

/** Where it is below the destination. Folders above it that were renamed stand in rows of their own. */
function there({ path, destinationName }: ProjectItem['item']): string {
  return destinationName === null ? path : path.slice(0, path.length - nameOf(path).length) + destinationName;
}

function extension(name: string): string | null {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot) : null;
}

function join(root: string, path: string, separator: string): string {
  if (path === '') return root;
  const base = root.endsWith(separator) ? root.slice(0, -1) : root;
  return `${base}${separator}${separator === '/' ? path : path.replaceAll('/', separator)}`;
}
