import { create } from 'zustand';
import type { TaskRow } from '../../src-shared/contract/console-types.ts';
import type { ConsoleClient } from './door.ts';

/** Rows that one page of the contract carries, and how many the screen holds at most. */
const PAGE = 100;
const ROWS_MAX = 2_000;

interface TasksState {
  /** Those that are not put away. Null until the first answer. */
  readonly rows: readonly TaskRow[] | null;
  /** Those that are. Null until somebody looks into the archive. */
  readonly archived: readonly TaskRow[] | null;
  readonly error: string | null;
}

export const useTasks = create<TasksState>(() => ({ rows: null, archived: null, error: null }));

let underWay: Promise<void> | null = null;

async function load(client: ConsoleClient, shelf: 'present' | 'archived'): Promise<void> {
  try {
    const rows: TaskRow[] = [];
    let cursor: string | undefined;
    do {
      const page = await client.tasks.list({
        limit: PAGE,
        shelf,
        ...(cursor === undefined ? {} : { cursor }),
      });
      rows.push(...page.tasks);
      cursor = page.cursor ?? undefined;
    } while (cursor !== undefined && rows.length < ROWS_MAX);
    useTasks.setState({ [shelf === 'present' ? 'rows' : 'archived']: rows, error: null });
  } catch (error) {
    useTasks.setState({ error: error instanceof Error ? error.message : String(error) });
  }
}

/** Reads the list anew; calls that come while one is under way share it. */
export function refreshTasks(client: ConsoleClient): Promise<void> {
  underWay ??= load(client, 'present').finally(() => {
    underWay = null;
  });
  return underWay;
}

/** Reads what is put away: it changes by orders alone, so it is read when somebody looks, and when its number changes. */
export function refreshArchive(client: ConsoleClient): Promise<void> {
  return load(client, 'archived');
}

/** Puts a row that came as the answer to an order in its place at once. */
export function replaceTask(row: TaskRow): void {
  const { rows, archived } = useTasks.getState();
  const away = row.archivedAt !== null;
  useTasks.setState({ rows: placed(rows, row, !away), archived: placed(archived, row, away) });
}

/** The list with the row in its place, at the top if it is new there; or without it. */
function placed(list: readonly TaskRow[] | null, row: TaskRow, belongs: boolean): readonly TaskRow[] | null {
  if (list === null) return null;
  const isIt = (old: TaskRow) => old.task.id === row.task.id;
  if (!belongs) return list.filter((old) => !isIt(old));
  return list.some(isIt) ? list.map((old) => (isIt(old) ? row : old)) : [row, ...list];
}
