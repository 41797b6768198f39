import { type CheckedDraft, isUsable } from '../../src-shared/imports/check-import.ts';
import type { KnownTask } from '../../src-shared/imports/check-set.ts';
import type { Fault } from '../../src-shared/imports/fault.ts';
import { addressOf } from '../../src-shared/imports/place.ts';
import { allTasks } from '../report/exports/project.ts';
import type { ConsoleClient } from './run-task.ts';

/** Rows whose two ends are looked at at the same time: each asks the file server and SharePoint a few things. */
const AT_ONCE = 4;

/** What became of a row. */
export interface RowEnd extends CheckedDraft {
  /** `ready`: could be made, and only that was asked. `not-reached`: it was stopped before. */
  readonly state: 'made' | 'ready' | 'there-already' | 'refused' | 'not-reached';
  /** Id of the task that was made. */
  readonly task: string | undefined;
}

/** How rows are to be taken. */
export interface RowOrder {
  /** Only look whether a task could be made. */
  readonly check: boolean;
  /** Start each task that is made. */
  readonly start: boolean;
  readonly signal: AbortSignal;
  /** Hears how many rows are done. */
  readonly tell: (done: number) => void;
}

/** Makes a task of each row that is in order, some at the same time. After the signal no further one is begun. */
export async function takeRows(
  client: ConsoleClient,
  rows: readonly CheckedDraft[],
  order: RowOrder,
): Promise<readonly RowEnd[]> {
  const ends = new Map<number, RowEnd>();
  const entries = rows.entries();
  const worker = async (): Promise<void> => {
    for (const [at, row] of entries) {
      if (order.signal.aborted) return;
      ends.set(at, await takeRow(client, row, order));
      order.tell(ends.size);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return rows.map((row, at) => ends.get(at) ?? { ...row, state: 'not-reached', task: undefined });
}

/** The tasks that copy something; an assessment of the same source is no copy of it. */
export async function copyTasks(client: ConsoleClient): Promise<readonly KnownTask[]> {
  const known: KnownTask[] = [];
  for await (const { task } of allTasks(client)) if (!task.settings.dryRun) known.push(task);
  return known;
}

async function takeRow(client: ConsoleClient, row: CheckedDraft, order: RowOrder): Promise<RowEnd> {
  if (!isUsable(row)) {
    const there = row.faults.some(({ code }) => code === 'import-task-exists');
    return { ...row, state: there ? 'there-already' : 'refused', task: undefined };
  }
  const { source, name } = row.draft.cells;
  const wish = {
    source,
    destination: addressOf(row.draft),
    settings: row.draft.settings,
    ...(name === '' ? {} : { name }),
  };
  if (order.check) {
    const seen = await client.tasks.check(wish);
    return seen.ok ? { ...row, state: 'ready', task: undefined } : withFault(row, seen.problem, 'refused');
  }
  const made = await client.tasks.create(wish);
  if (!made.ok) return withFault(row, made.problem, 'refused');
  const task = made.value.id;
  const started = order.start ? await client.tasks.order({ task, order: 'start' }) : undefined;
  return started?.ok === false
    ? { ...withFault(row, started.problem, 'made'), task }
    : { ...row, state: 'made', task };
}

function withFault(
  row: CheckedDraft,
  { code, detail }: Pick<Fault, 'code' | 'detail'>,
  state: RowEnd['state'],
): RowEnd {
  const fault: Fault = { code, line: row.draft.line, ...(detail === undefined ? {} : { detail }) };
  return { ...row, faults: [...row.faults, fault], state, task: undefined };
}
