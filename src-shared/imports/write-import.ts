import { beforeMarking } from '../rules/formula-mark.ts';
import type { CheckedDraft } from './check-import.ts';
import { draftFields } from './draft.ts';
import { REMARKS } from './table.ts';

/** A row as it was understood, with what is wrong with it in words. */
export interface RowToWrite extends Pick<CheckedDraft, 'draft'> {
  /** Empty where a task was made, or could be. */
  readonly remarks: readonly string[];
}

/** `stringify` of csv-stringify/sync: each host of these rules brings the build that it can run. */
export type WriteTable = (
  rows: string[][],
  options: { bom: boolean; record_delimiter: 'windows'; escape_formulas: boolean },
) => string;

/** UTF-8 with a mark, so that Excel reads it as such; cells that a spreadsheet would calculate are guarded. */
const AS_FOR_EXCEL = { bom: true, escape_formulas: true, record_delimiter: 'windows' } as const;

/**
 * The rows of an imported file as CSV with our columns, tidied, to be mended and imported again: the column `remarks` says what is wrong
 * and is not read.
 */
export function importAsCsv(rows: readonly RowToWrite[], write: WriteTable): string {
  const records = rows.map(({ draft, remarks }) => [
    ...draftFields.map((field) => beforeMarking(draft.cells[field])),
    remarks.join(' '),
  ]);
  return write([[...draftFields, REMARKS], ...records], AS_FOR_EXCEL);
}

/** A file to begin with: our columns and two examples. */
export function importTemplate(write: WriteTable): string {
  return write(
    [
      [...draftFields],
      [
        '\\\\server\\share\\department',
        'https://contoso.sharepoint.com/sites/department',
        'Documents',
        'From the share',
        '',
      ],
      [
        '\\\\server\\home\\eva',
        'https://contoso-my.sharepoint.com/personal/eva_contoso_com',
        'Documents',
        '',
        "Eva's files",
      ],
    ],
    { ...AS_FOR_EXCEL, escape_formulas: false },
  );
}
