import { lookUp } from '../catalogue/catalogue.ts';
import type { Cloud } from '../model/cloud.ts';
import { checkDraft } from './check-draft.ts';
import { checkSet, type KnownTask } from './check-set.ts';
import type { Draft } from './draft.ts';
import type { Fault } from './fault.ts';
import { tidy } from './tidy.ts';

/** A row, tidied, with all that is to be said about it. */
export interface CheckedDraft {
  readonly draft: Draft;
  readonly faults: readonly Fault[];
}

/**
 * Looks at every row of an imported file, by itself and beside the others: not only at the first. Whether source and destination are
 * there, only those can say who open them.
 * @param known the tasks that are there
 */
export function checkImport(
  drafts: readonly Draft[],
  cloud: Pick<Cloud, 'sharePointHostSuffix'>,
  known: readonly KnownTask[],
): readonly CheckedDraft[] {
  const tidied = drafts.map((draft) => tidy(draft));
  const together = new Map<number, Fault[]>();
  for (const fault of checkSet(
    tidied.map(({ draft }) => draft),
    known,
  )) {
    const faults = together.get(fault.line);
    if (faults === undefined) together.set(fault.line, [fault]);
    else faults.push(fault);
  }
  return tidied.map(({ draft, faults }) => ({
    draft,
    faults: [...faults, ...checkDraft(draft, cloud), ...(together.get(draft.line) ?? [])],
  }));
}

/** Whether a task can be made of the row, as far as can be said without looking at its two ends. */
export function isUsable({ faults }: CheckedDraft): boolean {
  return faults.every(({ code }) => code !== 'import-task-exists' && lookUp(code).severity !== 'error');
}
