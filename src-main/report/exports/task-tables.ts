import { explain } from '../run-summary.ts';
import { outcomeWords } from '../words.ts';
import { arrived, hourly, items, left, rounded } from './amounts.ts';
import type { Project, ProjectRun } from './project.ts';
import { type Column, moment, type Table, tableOf } from './table.ts';

/** One row a task: what it is, and what became of its last run. Tasks that never ran have a row as well. */
export function tasksTable(project: Project): Table {
  return tableOf('Tasks', taskColumns, tasksWithRuns(project));
}

/** One row a run. */
export function runsTable(project: Project): Table {
  return tableOf('Runs', runColumns, project.runs());
}

/** How well it is known that what is at the destination is what was read: one row a run. */
export function verificationTable(project: Project): Table {
  return tableOf('Verification', verificationColumns, project.runs());
}

type TaskWithRun = Pick<ProjectRun, 'row'> & Partial<ProjectRun>;

async function* tasksWithRuns(project: Project): AsyncGenerator<TaskWithRun> {
  for await (const row of project.tasks()) yield { row, ...(await project.lastRun(row)) };
}

const naming: readonly Column<TaskWithRun>[] = [
  ['task', ({ row }) => row.task.name],
  ['task id', ({ row }) => row.task.id],
  ['source', ({ row }) => row.task.source],
  ['destination', ({ row }) => row.task.destination],
];

/** Of a task that never ran all figures are empty, and not nothing. */
const figures: readonly Column<TaskWithRun>[] = [
  ['run', ({ run }) => run?.number ?? null],
  ['dry run', ({ row }) => (row.task.settings.dryRun ? 'yes' : 'no')],
  ['started', ({ run }) => (run ? moment(run.startedAt) : null)],
  ['ended', ({ run }) => moment(run?.endedAt ?? null)],
  ['worked seconds', ({ usage }) => (usage ? rounded(usage.workedMs / 1_000) : null)],
  ['found files', ({ counts }) => counts?.found.files ?? null],
  ['found folders', ({ counts }) => counts?.found.folders ?? null],
  ['found others', ({ counts }) => counts?.found.others ?? null],
  ['found bytes', ({ counts }) => counts?.found.bytes ?? null],
  ...(['copied', 'present', 'left-out', 'failed', 'accepted', 'planned'] as const).flatMap(
    (outcome): Column<TaskWithRun>[] => [
      [`${outcomeWords[outcome]} items`, ({ counts }) => (counts ? items(counts.byOutcome[outcome]) : null)],
      [`${outcomeWords[outcome]} bytes`, ({ counts }) => counts?.byOutcome[outcome].bytes ?? null],
    ],
  ),
  ['left items', ({ counts }) => (counts ? items(left(counts)) : null)],
  ['left bytes', ({ counts }) => (counts ? left(counts).bytes : null)],
  ['requests', ({ usage }) => usage?.requests ?? null],
  ['resource units', ({ usage }) => usage?.resourceUnits ?? null],
  ['retries', ({ usage }) => usage?.retries ?? null],
  ['sent bytes', ({ usage }) => usage?.bytesSent ?? null],
  [
    'files an hour',
    ({ counts, usage }) => (counts && usage ? hourly(counts.byOutcome.copied.files, usage.workedMs) : null),
  ],
  [
    'bytes an hour',
    ({ counts, usage }) => (counts && usage ? hourly(counts.byOutcome.copied.bytes, usage.workedMs) : null),
  ],
];

const taskColumns: readonly Column<TaskWithRun>[] = [
  ...naming,
  ['state', ({ row }) => row.state],
  ['reason', ({ row }) => (row.reason ? explain(row.reason.code).title : null)],
  ['archived', ({ row }) => moment(row.archivedAt)],
  ['created', ({ row }) => moment(row.task.createdAt)],
  ['errors', ({ row }) => row.issues.errors],
  ['warnings', ({ row }) => row.issues.warnings],
  ...figures,
];

const runColumns: readonly Column<ProjectRun>[] = [
  ...naming,
  ['state', ({ run }) => run.state],
  ['reason', ({ run }) => (run.problem ? explain(run.problem.code).title : null)],
  ...figures,
];

const verificationColumns: readonly Column<ProjectRun>[] = [
  ...naming,
  ['run', ({ run }) => run.number],
  ['state', ({ run }) => run.state],
  ['at the destination files', ({ counts }) => arrived(counts).files],
  ['at the destination bytes', ({ counts }) => arrived(counts).bytes],
  ...(['identical', 'rewritten', 'size-equal', 'present', 'differs', 'missing'] as const).flatMap(
    (grade): Column<ProjectRun>[] => [
      [`${grade} files`, ({ counts }) => counts.byGrade[grade].files],
      [`${grade} bytes`, ({ counts }) => counts.byGrade[grade].bytes],
    ],
  ),
];
