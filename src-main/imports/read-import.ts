import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { type Columns, columnsOf } from '../../src-shared/imports/columns.ts';
import { type Draft, draftOf, isBlank } from '../../src-shared/imports/draft.ts';
import type { Fault } from '../../src-shared/imports/fault.ts';
import { draftsOfJson } from '../../src-shared/imports/json-tasks.ts';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import { delimiterOf } from '../../src-shared/rules/delimiter.ts';
import { withoutMark } from '../../src-shared/rules/formula-mark.ts';
import { decodeText, type Encoding } from './decode-text.ts';
import { parseLenientJson } from './read-json.ts';

/** As many as Migration Manager takes. */
export const MOST_TASKS = 50_000;

/** A file of tasks, taken apart; nothing in it is judged yet. */
export interface ImportFile {
  readonly encoding: Encoding;
  /** Undefined for JSON. */
  readonly table: { readonly delimiter: string; readonly columns: Columns } | undefined;
  readonly drafts: readonly Draft[];
  /** What is to be said about the file as a whole. */
  readonly faults: readonly Fault[];
}

/**
 * Reads a list of tasks: CSV with commas, semicolons or tabs, with and without names of columns, in the forms of Migration Manager, SPMT and
 * Mover or our own, lists of sources, and Migration Manager's JSON. Codes: import-unreadable, import-too-large.
 */
export function readImport(bytes: Uint8Array): Result<ImportFile> {
  const { text, encoding } = decodeText(bytes);
  // Each line of a picture or of a workbook would be a row that is wrong.
  if (text.includes('\0'))
    return failed('import-unreadable', { detail: 'it is no text: a workbook, a picture or a program' });
  const read = /^\s*[{[]/.test(text) ? readJson(text) : readTable(text);
  if (!read.ok) return read;
  const count = read.value.drafts.length;
  if (count > MOST_TASKS) return failed('import-too-large', { detail: `${count} tasks` });
  return ok({ encoding, ...read.value });
}

/** The column of our own files in which we say what is wrong with a row. */
export const REMARKS = 'remarks';

type Read = Result<Omit<ImportFile, 'encoding'>>;

function readJson(text: string): Read {
  let value: unknown;
  try {
    value = parseLenientJson(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return failed('import-unreadable', { detail: `not JSON: ${error.message}` });
  }
  const drafts = draftsOfJson(value);
  if (drafts === undefined)
    return failed('import-unreadable', {
      detail: 'JSON without a list "Tasks" of objects with SourcePath, TargetPath',
    });
  return ok({ table: undefined, drafts, faults: [] });
}

function readTable(text: string): Read {
  const delimiter = delimiterOf(text);
  const rows = rowsOf(text, delimiter);
  if (!rows.ok) return rows;
  const filled = rows.value.filter(({ record }) => !isBlank(record));
  const columns = columnsOf(filled.map(({ record }) => record));
  if (columns === undefined) {
    const width = Math.max(0, ...filled.slice(0, 100).map(({ record }) => record.length));
    const detail =
      filled.length === 0
        ? 'there is no row in it'
        : `${width} columns without names that are known: 1 (sources), 2 (source, destination), 3, 6 or 8 are understood without names`;
    return failed('import-unreadable', { detail });
  }
  const [head] = filled;
  const drafts = filled
    .slice(columns.header ? 1 : 0)
    .map(({ record, line }) => draftOf(record.map(withoutMark), columns, line));
  return ok({ table: { delimiter, columns }, drafts, faults: unusedColumns(columns, head?.record ?? []) });
}

function unusedColumns({ header, meanings }: Columns, head: readonly string[]): Fault[] {
  if (!header) return [];
  return meanings.flatMap((meaning, at): Fault[] =>
    (meaning === 'unknown' || meaning === 'not-used') && head[at]?.trim().toLowerCase() !== REMARKS
      ? [{ code: 'import-column-not-used', line: 0, given: head[at] ?? '' }]
      : [],
  );
}

interface Row {
  readonly record: readonly string[];
  /** Of its first character in the file. */
  readonly line: number;
}

/** What csv-parse says of each record: its cells, and how many lines were read up to its end. */
const recordsSchema = z.array(
  z.object({ record: z.array(z.string()), info: z.object({ lines: z.number().int() }) }),
);

function rowsOf(text: string, delimiter: string): Result<Row[]> {
  try {
    // With one character at the end of a line: two of them within a cell are counted as two lines.
    const parsed: unknown = parse(text.replaceAll('\r\n', '\n'), {
      ...{ bom: true, delimiter, info: true, relax_column_count: true, skip_empty_lines: true },
      // A quote in the middle of a cell is what people write who do not know the rule; one at its beginning follows the rule.
      relax_quotes: true,
    });
    return ok(
      recordsSchema.parse(parsed).map(({ record, info }) => ({
        record,
        line: info.lines - record.reduce((sum, cell) => sum + (cell.match(/\n/g)?.length ?? 0), 0),
      })),
    );
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return failed('import-unreadable', { detail: error.message });
  }
}
