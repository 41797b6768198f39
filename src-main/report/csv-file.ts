import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
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

const FORM = {
  record_delimiter: 'windows',
  quote_record_delimiter: true,
  escape_formulas: true,
} as const;

/**
 * Writes the items that match as CSV for Excel: UTF-8 with its mark, RFC 4180, and a `'` before what a spreadsheet would take for a
 * formula (a file may be called `=cmd|...`). Page by page, so that ten million items need no memory. The file
 * has its name only when it is complete.
 */
export async function writeItemsCsv(file: string, results: ItemPages, filter: ItemFilter): Promise<void> {
  await writeTable(file, COLUMNS, records(results, filter));
}

/** Writes records as {@link writeItemsCsv} does. */
export async function writeCsv(
  file: string,
  columns: readonly string[],
  rows: AsyncIterable<string[]>,
): Promise<void> {
  await writeTable(file, columns, gathered(rows));
}

/** Some hundred rows at a time: one by one they take as long again to go through a stream as to be written out. */
async function writeTable(
  file: string,
  columns: readonly string[],
  pages: AsyncIterable<readonly string[][]>,
): Promise<void> {
  const part = `${file}.part`;
  await pipeline(Readable.from(texts(columns, pages), { objectMode: false }), createWriteStream(part));
  await rename(part, file);
}

/** The text of such a file, in pieces of some hundred rows. */
export function csvChunks(columns: readonly string[], rows: AsyncIterable<string[]>): AsyncGenerator<string> {
  return texts(columns, gathered(rows));
}

/** Some rows of such a file; with its columns they are its beginning. */
export function csvPiece(
  columns: readonly string[] | undefined,
  rows: readonly (readonly string[])[],
): string {
  const head = columns === undefined ? '' : stringify([[...columns]], { ...FORM, bom: true });
  return rows.length === 0 ? head : `${head}${stringify([...rows], FORM)}`;
}

async function* texts(
  columns: readonly string[],
  pages: AsyncIterable<readonly string[][]>,
): AsyncGenerator<string> {
  yield csvPiece(columns, []);
  for await (const page of pages) if (page.length > 0) yield csvPiece(undefined, page);
}

async function* gathered(rows: AsyncIterable<string[]>): AsyncGenerator<readonly string[][]> {
  let page: string[][] = [];
  for await (const row of rows) {
    page.push(row);
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  yield page;
}

async function* records(results: ItemPages, filter: ItemFilter): AsyncGenerator<readonly string[][]> {
  for await (const page of pagesOf(results, filter)) yield page.map(recordOf);
}

/** The items that match, one by one. */
export async function* itemsOf(results: ItemPages, filter: ItemFilter): AsyncGenerator<ItemRow> {
  for await (const page of pagesOf(results, filter)) yield* page;
}

/** The items that match, page by page. */
async function* pagesOf(results: ItemPages, filter: ItemFilter): AsyncGenerator<readonly ItemRow[]> {
  let next: Promise<ItemPage> | undefined = results.page(filter, undefined, PAGE);
  while (next !== undefined) {
    const { items, cursor }: ItemPage = await next;
    // The thread of the results reads the next page while this one is written.
    next = cursor === null ? undefined : results.page(filter, cursor, PAGE);
    // Whoever takes the next page gets its failure; when nobody does, it is nobody's.
    next?.catch(() => undefined);
    yield items;
  }
}

/** The {@link COLUMNS} of an item. */
export function recordOf(item: ItemRow): string[] {
  const { findings } = item;
  return [
    item.path,
    item.kind,
    String(item.size),
    utc(item.modified),
    item.outcome ?? 'gone',
    item.grade ?? '',
    item.destinationName ?? '',
    // Of most items nothing is said.
    ...(findings.length === 0 ? NOTHING_SAID : said(findings)),
  ];
}

const NOTHING_SAID = ['', '', '', ''] as const;

function said(findings: ItemRow['findings']): readonly string[] {
  const entries = findings.map(({ code }) => explain(code));
  return [
    findings.map(({ code }) => code).join(' '),
    entries.map(({ title }) => title).join(' / '),
    entries.map(({ remedy }) => remedy).join(' / '),
    findings.flatMap(({ detail }) => detail ?? []).join(' / '),
  ];
}
