import { stringify } from 'csv-stringify/sync';

/** A few rows as CSV in the way of `csv-file.ts`: for Excel, and with a `'` before what it would take for a formula. */
export function csvText(rows: readonly (readonly (string | number)[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { bom: true, record_delimiter: 'windows', quote_record_delimiter: true, escape_formulas: true },
  );
}
