import { parse } from 'csv-parse/sync';
import { type ImportFile, readImport as readImportBy } from '../../src-shared/imports/read-import.ts';
import type { Result } from '../../src-shared/model/problem.ts';

/** A list of tasks, read by csv-parse under Node; see src-shared/imports. Codes: import-unreadable, import-too-large. */
export function readImport(bytes: Uint8Array): Result<ImportFile> {
  return readImportBy(bytes, parse);
}
