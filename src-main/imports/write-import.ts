import { stringify } from 'csv-stringify/sync';
import {
  importAsCsv as asCsv,
  type RowToWrite,
  importTemplate as template,
} from '../../src-shared/imports/write-import.ts';

/** Rows to be mended and imported again, as CSV. */
export function importAsCsv(rows: readonly RowToWrite[]): string {
  return asCsv(rows, stringify);
}

/** A file to begin with. */
export function importTemplate(): string {
  return template(stringify);
}
