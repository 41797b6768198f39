import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { ItemFilter, ItemPage, ItemRow } from '../../src-shared/contract/console-types.ts';
import type { RunResults } from '../store/run-results.ts';
import { utc } from './format.ts';
import { explain } from './run-summary.ts';

/** Columns of all item files. Scripts rely on them: one is never renamed or moved, only added at the end. */
export const COLUMNS = [
  'path',
  'kind',
  'size',
  'modified',
  'outcome',
  'grade',
  'destination name',
  'codes',
  'title',
  'remedy',
  'detail',
] as const;

/** Where the items of a run are read, page by page. */
export type ItemPages = Pick<RunResults, 'page'>;

/** Rows to a page of results; the most that a page may have. */
const PAGE = 500;

/**
 * Writes the items that match as CSV for Excel: UTF-8 with its mark, RFC 4180, and a `'` before what a spreadsheet would take for a
 * formula (a file may be called `=cmd|...`). Page by page, so that ten million items need no memory. The file
 * has its name only when it is complete.
 */
export async function writeItemsCsv(file: string, results: ItemPages, filter: ItemFilter): Promise<void> {
  await writeCsv(file, COLUMNS, records(results, filter));
}

/** Writes records as {@link writeItemsCsv} does. */
export async function writeCsv(
  file: string,
  columns: readonly string[],
  rows: AsyncIterable<string[]>,
): Promise<void> {
  const csv = stringify({
    header: true,
    columns: [...columns],
    bom: true,
    record_delimiter: 'windows',
    quote_record_delimiter: true,
    escape_formulas: true,
  });
  const part = `${file}.part`;
  await pipeline(rows, csv, createWriteStream(part));
  await rename(part, file);
}

async function* records(results: ItemPages, filter: ItemFilter): AsyncGenerator<string[]> {
  for await (const item of itemsOf(results, filter)) yield recordOf(item);
}

/** The items that match, page by page. */
export async function* itemsOf(results: ItemPages, filter: ItemFilter): AsyncGenerator<ItemRow> {
  let next: Promise<ItemPage> | undefined = results.page(filter, undefined, PAGE);
  while (next !== undefined) {
    const { items, cursor }: ItemPage = await next;
    // The thread of the results reads the next page while this one is written.
    next = cursor === null ? undefined : results.page(filter, cursor, PAGE);
    // Whoever takes the next page gets its failure; when nobody does, it is nobody's.
    next?.catch(() => undefined);
    yield* items;
  }
}

/** The {@link COLUMNS} of an item. */
export function recordOf(item: ItemRow): string[] {
  const entries = item.findings.map(({ code }) => explain(code));
  return [
    item.path,
    item.kind,
    String(item.size),
    utc(item.modified),
    item.outcome ?? 'gone',
    item.grade ?? '',
    item.destinationName ?? '',
    item.findings.map(({ code }) => code).join(' '),
    entries.map(({ title }) => title).join(' / '),
    entries.map(({ remedy }) => remedy).join(' / '),
    item.findings.flatMap(({ detail }) => detail ?? []).join(' / '),
  ];
}
