import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import { delimiterOf } from '../../src-shared/rules/delimiter.ts';
import { withoutMark } from '../../src-shared/rules/formula-mark.ts';
import { checkPeople, type People } from '../../src-shared/rules/people.ts';

/** Rows of a list: all of it is in memory while a run goes on. */
const MOST_ROWS = 200_000;
/** Faults that are told; the rest is counted. */
const TOLD = 100;

/**
 * Reads a list of people: what the owner is called at the source, the sign-in name at the destination, and `TRUE` for a group, in the
 * columns of Migration Manager's user mapping file, which has no heading; one is passed over. Comma, semicolon and tab may stand between
 * columns. Code: people-invalid, with all that is wrong, a line each.
 */
export function readPeople(csv: string): Result<People> {
  let cells: string[][];
  try {
    const rows: unknown = parse(csv, { bom: true, delimiter: delimiterOf(csv), relax_column_count: true });
    cells = z.array(z.array(z.string())).parse(rows);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return failed('people-invalid', { detail: `not a CSV file: ${error.message}` });
  }
  if (cells.length > MOST_ROWS) {
    return failed('people-invalid', { detail: `${cells.length} rows: at most ${MOST_ROWS} are allowed` });
  }
  const rows = cells.flatMap((row, i) => {
    const [source = '', destination = '', group = ''] = row.map(withoutMark);
    if (row.every((cell) => cell.trim() === '') || (i === 0 && isHeading(destination))) return [];
    return [{ row: i + 1, source, destination, group }];
  });
  const { people, faults } = checkPeople(rows);
  if (faults.length === 0) return ok(people);
  const lines = faults.slice(0, TOLD).map(({ row, what }) => `row ${row}: ${what}`);
  if (faults.length > TOLD) lines.push(`and ${faults.length - TOLD} more`);
  return failed('people-invalid', { detail: lines.join('\n') });
}

/** What the other column is called, and nobody. */
function isHeading(destination: string): boolean {
  return /^(?:destination|target)\b/i.test(destination.trim()) && !destination.includes('@');
}
