import { lookUp } from '../../src-shared/catalogue/catalogue.ts';
import type { Fault } from '../../src-shared/imports/fault.ts';
import type { GroupFix } from './fixes.ts';

/** `plain`: nothing is to be said; `remark`: something, and a task can be made; `ready`: both ends were asked as well. */
export const rowStates = ['error', 'remark', 'plain', 'ready'] as const;
export type RowState = (typeof rowStates)[number];

/** All rows with the same thing about them. */
export interface IssueGroup {
  readonly code: string;
  readonly rows: number;
  readonly error: boolean;
  /** What can be done to all of them at once. */
  readonly fixes: readonly GroupFix[];
}

/** Whether no task can be made of a row because of this. */
function stops({ code }: Fault): boolean {
  return code === 'import-task-exists' || lookUp(code).severity === 'error';
}

export function stateOf(faults: readonly Fault[]): RowState {
  if (faults.some(stops)) return 'error';
  return faults.length > 0 ? 'remark' : 'plain';
}

/** Rows by what is to be said about them: what stops a row first, then the most rows first. */
export function groupsOf(
  rows: readonly (readonly Fault[])[],
  fixesOf: (code: string, error: boolean) => readonly GroupFix[],
): readonly IssueGroup[] {
  const groups = new Map<string, { rows: number; error: boolean }>();
  for (const faults of rows) {
    for (const code of new Set(faults.map((fault) => fault.code))) {
      const error = faults.some((fault) => fault.code === code && stops(fault));
      const group = groups.get(code);
      if (group) group.rows += 1;
      else groups.set(code, { rows: 1, error });
    }
  }
  return [...groups]
    .map(([code, group]) => ({ code, ...group, fixes: fixesOf(code, group.error) }))
    .sort((a, b) => Number(b.error) - Number(a.error) || b.rows - a.rows || (a.code < b.code ? -1 : 1));
}
