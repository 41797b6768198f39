import { failed, ok, type Result } from '../model/problem.ts';
import { type Columns, columnsOf } from './columns.ts';
import { decodeText, type Encoding } from './decode-text.ts';
import type { Draft } from './draft.ts';
import type { Fault } from './fault.ts';
import { draftsOfJson } from './json-tasks.ts';
import { parseLenientJson } from './lenient-json.ts';
import { draftsOfTable, type ParseTable, readTable, type Table } from './table.ts';

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

/** A file of which nothing is decided yet but whether it is a table or JSON. */
export type RawImport = { readonly encoding: Encoding } & (
  | { readonly table: Table; readonly drafts?: undefined }
  | { readonly table?: undefined; readonly drafts: readonly Draft[] }
);

/** Codes: import-unreadable, import-too-large. */
export function readRaw(bytes: Uint8Array, parse: ParseTable): Result<RawImport> {
  const { text, encoding } = decodeText(bytes);
  // Each line of a picture or of a workbook would be a row that is wrong.
  if (text.includes('\0'))
    return failed('import-unreadable', { detail: 'it is no text: a workbook, a picture or a program' });
  if (/^\s*[{[]/.test(text)) {
    const drafts = readJson(text);
    return drafts.ok ? fits(drafts.value.length, { encoding, drafts: drafts.value }) : drafts;
  }
  const table = readTable(text, parse);
  if (!table.ok) return table;
  if (table.value.rows.length === 0) return failed('import-unreadable', { detail: 'there is no row in it' });
  // One row may be that of the names.
  return fits(table.value.rows.length - 1, { encoding, table: table.value });
}

/**
 * Reads a list of tasks: CSV with commas, semicolons or tabs, with and without names of columns, in the forms of Migration Manager, SPMT and
 * Mover or our own, lists of sources, and Migration Manager's JSON. Codes: import-unreadable, import-too-large.
 */
export function readImport(bytes: Uint8Array, parse: ParseTable): Result<ImportFile> {
  const raw = readRaw(bytes, parse);
  if (!raw.ok) return raw;
  const { encoding, table, drafts } = raw.value;
  if (table === undefined) return ok({ encoding, table, drafts, faults: [] });
  const records = table.rows.map(({ record }) => record);
  const columns = columnsOf(records);
  if (columns === undefined) {
    const width = Math.max(0, ...records.slice(0, 100).map((record) => record.length));
    return failed('import-unreadable', {
      detail: `${width} columns without names that are known: 1 (sources), 2 (source, destination), 3, 6 or 8 are understood without names`,
    });
  }
  const read = draftsOfTable(table, columns);
  return fits(read.drafts.length, { encoding, table: { delimiter: table.delimiter, columns }, ...read });
}

function fits<T>(count: number, value: T): Result<T> {
  return count > MOST_TASKS ? failed('import-too-large', { detail: `${count} tasks` }) : ok(value);
}

function readJson(text: string): Result<readonly Draft[]> {
  let value: unknown;
  try {
    value = parseLenientJson(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return failed('import-unreadable', { detail: `not JSON: ${error.message}` });
  }
  const drafts = draftsOfJson(value);
  return drafts === undefined
    ? failed('import-unreadable', {
        detail: 'JSON without a list "Tasks" of objects with SourcePath, TargetPath',
      })
    : ok(drafts);
}
