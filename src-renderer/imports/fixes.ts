import type { CheckedDraft } from '../../src-shared/imports/check-import.ts';
import { type Draft, type DraftField, draftFields } from '../../src-shared/imports/draft.ts';

/** `mend`: the cells are put right by a rule; `remove`: the rows go out of the list. */
export type GroupFix = 'mend' | 'remove';

const mendable: ReadonlySet<string> = new Set([
  'import-stray-spaces',
  'import-quotes',
  'import-control-character',
  'import-spelled-otherwise',
  'import-server-library',
  'import-cells-left-over',
  'import-setting-not-used',
]);

/** What can be done to all rows with a code at once. */
export function fixOf(code: string, error: boolean): readonly GroupFix[] {
  const removable = error || code === 'import-same-row-twice';
  return [...(mendable.has(code) ? (['mend'] as const) : []), ...(removable ? (['remove'] as const) : [])];
}

const CONTROLS = /\p{Cc}+/gu;

/**
 * A row put right as far as one rule goes; others stay as they are.
 * @param checked the same row, tidied
 * @param byLine tidied rows of the list
 */
export function fixRow(
  draft: Draft,
  checked: CheckedDraft,
  code: string,
  byLine: ReadonlyMap<number, Draft>,
): Draft {
  const those = checked.faults.filter((fault) => fault.code === code);
  const cells: Record<DraftField, string> = { ...draft.cells };
  switch (code) {
    case 'import-stray-spaces':
    case 'import-quotes':
      for (const { column } of those) if (column) cells[column] = checked.draft.cells[column];
      return { ...draft, cells };
    case 'import-control-character':
      for (const field of draftFields) cells[field] = cells[field].replace(CONTROLS, ' ').trim();
      return { ...draft, cells };
    case 'import-spelled-otherwise': {
      const first = byLine.get(Number(those[0]?.detail));
      return first ? { ...draft, cells: { ...cells, source: first.cells.source } } : draft;
    }
    case 'import-server-library':
      return { ...draft, serverLibrary: [] };
    case 'import-cells-left-over':
      return { ...draft, surplus: [] };
    case 'import-setting-not-used':
      return { ...draft, unknownSettings: [] };
    default:
      return draft;
  }
}
