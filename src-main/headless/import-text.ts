import { lookUp } from '../../src-shared/catalogue/catalogue.ts';
import type { Fault } from '../../src-shared/imports/fault.ts';
import { visible } from '../report/hostile-text.ts';
import type { RowEnd } from './import-rows.ts';

/** What is told of a row. */
export interface ToldRow {
  readonly draft: { readonly line: number };
  readonly faults: readonly Fault[];
  readonly state: RowEnd['state'];
}

/** Rows that are told in full; --json tells all of them. */
const TOLD = 200;

/** One thing about a row, in a sentence: what, which cell, the other line, what was given. */
export function remarkOf({ code, column, given, detail }: Fault): string {
  const { title, remedy } = lookUp(code);
  const cell = column === undefined ? '' : `${column}: `;
  const what = given === undefined || given === '' ? '' : ` (${visible(given)})`;
  const more =
    detail === undefined ? '' : /^\d+$/.test(detail) ? ` (line ${detail})` : ` (${visible(detail)})`;
  return `${cell}${title}${what}${more}. ${remedy}`;
}

/** What is to be said about the file and its rows, a line each; nothing of rows that are in order. */
export function tableText(ofFile: readonly Fault[], rows: readonly ToldRow[]): string {
  const told = rows.filter(({ faults }) => faults.length > 0);
  const lines = told
    .slice(0, TOLD)
    .flatMap(({ draft, faults, state }) =>
      faults.map((fault) => `line ${draft.line}, ${markOf(fault, state)}: ${remarkOf(fault)}`),
    );
  const more = told.length > TOLD ? [`and ${told.length - TOLD} more rows; --json tells all of them`] : [];
  const all = [...ofFile.map((fault) => `file: ${remarkOf(fault)}`), ...lines, ...more];
  return all.map((line) => `${line}\n`).join('');
}

function markOf({ code }: Fault, state: ToldRow['state']): string {
  if (code === 'import-task-exists') return 'left as it is';
  return state === 'refused' && lookUp(code).severity === 'error' ? 'not made' : 'remark';
}

/** How many rows became what, and what to do next. */
export function summaryText(rows: readonly ToldRow[], corrected: string | undefined): string {
  const count = (wanted: ToldRow['state']): number => rows.filter(({ state }) => state === wanted).length;
  const refused = count('refused');
  const parts = [
    [count('made'), 'made'],
    [count('ready'), 'in order'],
    [count('there-already'), 'there already'],
    [refused, 'not in order'],
    [count('not-reached'), 'not looked at'],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  const head = `${rows.length} ${rows.length === 1 ? 'row' : 'rows'}: ${said.join(', ') || 'none'}.\n`;
  if (refused === 0) return head;
  return corrected === undefined
    ? `${head}With --corrected FILE the rows that are not in order are written to a file of their own, to be mended and imported again.\n`
    : `${head}The rows that are not in order are in ${corrected}, each with what is wrong with it: mend them there and import that file.\n`;
}
