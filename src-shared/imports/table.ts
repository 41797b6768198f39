import { z } from 'zod';
import { failed, ok, type Result } from '../model/problem.ts';
import { delimiterOf } from '../rules/delimiter.ts';
import { withoutMark } from '../rules/formula-mark.ts';
import type { Columns } from './columns.ts';
import { type Draft, draftOf, isBlank } from './draft.ts';
import type { Fault } from './fault.ts';

export interface Row {
  readonly record: readonly string[];
  /** Of its first character in the file; the first line is 1. */
  readonly line: number;
}

/** A file of rows, taken apart; what its columns mean is another question. */
export interface Table {
  readonly delimiter: string;
  /** Those with something in them, the names of the columns included. */
  readonly rows: readonly Row[];
}

/** `parse` of csv-parse/sync: each host of these rules brings the build that it can run. */
export type ParseTable = (text: string, options: Readonly<Record<string, unknown>>) => unknown;

/** The column of our own files in which we say what is wrong with a row. */
export const REMARKS = 'remarks';

/** What csv-parse says of each record: its cells, and how many lines were read up to its end. */
const recordsSchema = z.array(
  z.object({ record: z.array(z.string()), info: z.object({ lines: z.number().int() }) }),
);

/** Rows of a text with commas, semicolons or tabs. Code: import-unreadable. */
export function readTable(text: string, parse: ParseTable): Result<Table> {
  const delimiter = delimiterOf(text);
  try {
    // With one character at the end of a line: two of them within a cell are counted as two lines.
    const parsed = parse(text.replaceAll('\r\n', '\n'), {
      ...{ bom: true, delimiter, info: true, relax_column_count: true, skip_empty_lines: true },
      // A quote in the middle of a cell is what people write who do not know the rule; one at its beginning follows the rule.
      relax_quotes: true,
    });
    const rows = recordsSchema.parse(parsed).map(({ record, info }) => ({
      record,
      line: info.lines - record.reduce((sum, cell) => sum + (cell.match(/\n/g)?.length ?? 0), 0),
    }));
    return ok({ delimiter, rows: rows.filter(({ record }) => !isBlank(record)) });
  } catch (error) {
    // csv-parse names its own errors; what is none of them is a mistake of the program.
    if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_'))) throw error;
    return failed('import-unreadable', { detail: error.message });
  }
}

/** The rows as drafts, and which columns nothing is done with. */
export function draftsOfTable(
  { rows }: Table,
  columns: Columns,
): { readonly drafts: readonly Draft[]; readonly faults: readonly Fault[] } {
  const drafts = rows
    .slice(columns.header ? 1 : 0)
    .map(({ record, line }) => draftOf(record.map(withoutMark), columns, line));
  return { drafts, faults: unusedColumns(columns, rows[0]?.record ?? []) };
}

function unusedColumns({ header, meanings }: Columns, head: readonly string[]): Fault[] {
  if (!header) return [];
  return meanings.flatMap((meaning, at): Fault[] =>
    (meaning === 'unknown' || meaning === 'not-used') && head[at]?.trim().toLowerCase() !== REMARKS
      ? [{ code: 'import-column-not-used', line: 0, given: head[at] ?? '' }]
      : [],
  );
}
