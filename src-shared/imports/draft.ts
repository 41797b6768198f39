import type { TaskSettings } from '../model/settings.ts';
import type { Columns } from './columns.ts';

/** The cells that a task can be made of. */
export const draftFields = ['source', 'site', 'library', 'folder', 'name'] as const;
export type DraftField = (typeof draftFields)[number];

/** A row of an imported file: what is to become a task, cell by cell as it was given. */
export interface Draft {
  /** Where it stands in the file, the first line is 1; in JSON, the number of the task. */
  readonly line: number;
  readonly cells: Readonly<Record<DraftField, string>>;
  /** Cells of columns that must be empty and are not: a library of a SharePoint server. */
  readonly serverLibrary: readonly string[];
  /** Filled cells beyond the last column. */
  readonly surplus: readonly string[];
  readonly settings: Partial<TaskSettings>;
  /** Settings of another tool that Convoy has nothing for, and those with a value that cannot be. */
  readonly unknownSettings: readonly string[];
}

/** A table row as a draft. */
export function draftOf(row: readonly string[], columns: Columns, line: number): Draft {
  const cells: Record<DraftField, string> = { source: '', site: '', library: '', folder: '', name: '' };
  const serverLibrary: string[] = [];
  const surplus: string[] = [];
  row.forEach((cell, at) => {
    const meaning = columns.meanings[at];
    if (isField(meaning)) cells[meaning] = cell;
    else if (cell.trim() === '') return;
    else if (meaning === 'none-allowed') serverLibrary.push(cell);
    else if (meaning === undefined) surplus.push(cell);
  });
  return { line, cells, serverLibrary, surplus, settings: {}, unknownSettings: [] };
}

/** True for what people leave between rows. */
export function isBlank(row: readonly string[]): boolean {
  return row.every((cell) => cell.trim() === '');
}

function isField(meaning: string | undefined): meaning is DraftField {
  return draftFields.some((field) => field === meaning);
}
