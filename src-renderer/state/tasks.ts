import { create } from 'zustand';
import type { TaskRow } from '../../src-shared/contract/console-types.ts';
import type { ConsoleClient } from './door.ts';

/** Rows that one page of the contract carries, and how many the screen holds at most. */
const PAGE = 100;
const ROWS_MAX = 2_000;

interface TasksState {
  /** Null until the first answer. */
  readonly rows: readonly TaskRow[] | null;
  readonly error: string | null;
}

export const useTasks = create<TasksState>(() => ({ rows: null, error: null }));

let underWay: Promise<void> | null = null;

async function load(client: ConsoleClient): Promise<void> {
  try {
    const rows: TaskRow[] = [];
    let cursor: string | undefined;
    do {
      const page = await client.tasks.list({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
      rows.push(...page.tasks);
      cursor = page.cursor ?? undefined;
    } while (cursor !== undefined && rows.length < ROWS_MAX);
    useTasks.setState({ rows, error: null });
  } catch (error) {
    useTasks.setState({ error: error instanceof Error ? error.message : String(error) });
  }
}

/** Reads the list anew; calls that come while one is under way share it. */
export function refreshTasks(client: ConsoleClient): Promise<void> {
  underWay ??= load(client).finally(() => {
    underWay = null;
  });
  return underWay;
}

/** Puts a row that came as the answer to an order in its place at once. */
export function replaceTask(row: TaskRow): void {
  const { rows } = useTasks.getState();
  if (!rows) return;
  useTasks.setState({ rows: rows.map((old) => (old.task.id === row.task.id ? row : old)) });
}
