import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { ok, type Result } from '../../../src-shared/model/problem.ts';
import { delimiterOf } from '../../../src-shared/rules/delimiter.ts';
import { withoutMark } from '../../../src-shared/rules/formula-mark.ts';
import { checkRenames, type RenameFault, type RenameRow } from '../../../src-shared/rules/rename-plan.ts';

/** Rows of a plan: all of them are in memory while a run goes on. */
const MOST_ROWS = 250_000;
/** Faults that are told; the rest is counted. */
const TOLD = 100;

const NEEDED = ['path', 'kind', 'name after'] as const;

/**
 * Reads a repair plan: `renames.csv` as a report has it, with other names in the column `name after` where a person wants
 * them. Other columns are not looked at. Comma, semicolon and tab may stand between columns: spreadsheets write what their
 * country writes. Code: renames-invalid, with all that is wrong, a line each.
 */
export function readRenames(csv: string): Result<ReadonlyMap<string, string>> {
  const cells = cellsOf(csv);
  if (!cells.ok) return cells;
  const [head = [], ...rows] = cells.value;
  const at = NEEDED.map((column) => head.findIndex((cell) => cell.trim().toLowerCase() === column));
  const missing = NEEDED.filter((_, i) => at[i] === -1);
  if (missing.length > 0) return refused([`row 1: no column ${missing.map((one) => `"${one}"`).join(', ')}`]);
  if (rows.length > MOST_ROWS) return refused([`${rows.length} rows: at most ${MOST_ROWS} are allowed`]);
  const [path = 0, kind = 0, after = 0] = at;
  const plan = rows.flatMap((row, i): RenameRow[] => {
    if (row.every((cell) => cell === '')) return [];
    const cell = (column: number): string => withoutMark(row[column] ?? '');
    return [{ row: i + 2, path: cell(path), kind: cell(kind).trim().toLowerCase(), after: cell(after) }];
  });
  const { names, faults } = checkRenames(plan);
  return faults.length === 0 ? ok(names) : refused(faults.map(inWords));
}

function cellsOf(csv: string): Result<string[][]> {
  const delimiter = delimiterOf(csv);
  try {
    const rows: unknown = parse(csv, { bom: true, delimiter, relax_column_count: true });
    return ok(z.array(z.array(z.string())).parse(rows));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return refused([`not a CSV file: ${error.message}`]);
  }
}

function inWords({ row, column, given, allowed }: RenameFault): string {
  return `row ${row}, column "${column}": ${JSON.stringify(given)} was given; allowed is ${allowed}`;
}

function refused(faults: readonly string[]): {
  ok: false;
  problem: { code: 'renames-invalid'; detail: string };
} {
  const more = faults.length > TOLD ? [`and ${faults.length - TOLD} more`] : [];
  return {
    ok: false,
    problem: { code: 'renames-invalid', detail: [...faults.slice(0, TOLD), ...more].join('\n') },
  };
}
