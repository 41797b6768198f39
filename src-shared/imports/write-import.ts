import { stringify } from 'csv-stringify/sync';
import type { CheckedDraft } from '../../src-shared/imports/check-import.ts';
import { draftFields } from '../../src-shared/imports/draft.ts';
import { beforeMarking } from '../../src-shared/rules/formula-mark.ts';
import { REMARKS } from './read-import.ts';

/** A row as it was understood, with what is wrong with it in words. */
export interface RowToWrite extends Pick<CheckedDraft, 'draft'> {
  /** Empty where a task was made, or could be. */
  readonly remarks: readonly string[];
}

/**
 * The rows of an imported file as CSV with our columns, tidied, to be mended and imported again: the column `remarks` says what is wrong
 * and is not read. UTF-8 with a mark, so that Excel reads it as such; cells that a spreadsheet would calculate are guarded.
 */
export function importAsCsv(rows: readonly RowToWrite[]): string {
  const records = rows.map(({ draft, remarks }) => [
    ...draftFields.map((field) => beforeMarking(draft.cells[field])),
    remarks.join(' '),
  ]);
  return stringify([[...draftFields, REMARKS], ...records], {
    ...{ bom: true, escape_formulas: true, record_delimiter: 'windows' },
  });
}

/** A file to begin with: our columns and two examples. */
export function importTemplate(): string {
  return stringify(
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
    { bom: true, record_delimiter: 'windows' },
  );
}
