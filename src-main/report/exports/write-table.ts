import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { csvChunks } from '../csv-file.ts';
import { utc } from '../format.ts';
import type { Cell, Row, Table } from './table.ts';
import { xlsxChunks } from './xlsx.ts';

export const exportFormats = ['csv', 'xlsx', 'jsonl'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Heard with the number of rows so far. */
export type TellRows = (rows: number) => void;

/**
 * Writes a table row by row, so that millions need no memory. The file has its name only when it is complete.
 * @returns how many rows it has, the columns' names not counted
 */
export async function writeTable(
  file: string,
  table: Table,
  format: ExportFormat,
  tell: TellRows = () => undefined,
  signal?: AbortSignal,
): Promise<number> {
  const part = `${file}.part`;
  let written = 0;
  const rows = counted(table.rows, (count) => {
    signal?.throwIfAborted();
    written = count;
    tell(count);
  });
  const out = createWriteStream(part);
  try {
    if (format === 'csv') await pipeline(csvChunks(table.columns, textRows(rows)), out);
    else await pipeline((format === 'xlsx' ? xlsxChunks : jsonLines)({ ...table, rows }), out);
    await rename(part, file);
    return written;
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function* counted(rows: AsyncIterable<Row>, tell: TellRows): AsyncGenerator<Row> {
  let count = 0;
  for await (const row of rows) {
    count += 1;
    tell(count);
    yield row;
  }
}

async function* textRows(rows: AsyncIterable<Row>): AsyncGenerator<string[]> {
  for await (const row of rows) yield row.map(textOf);
}

function textOf(cell: Cell): string {
  if (cell === null) return '';
  return cell instanceof Date ? utc(cell.getTime()) : String(cell);
}

/** One object a line; what is empty is null. */
async function* jsonLines({ columns, rows }: Table): AsyncGenerator<string> {
  for await (const row of rows) {
    const entries = columns.map((column, index): [string, Cell] => [column, row[index] ?? null]);
    yield `${JSON.stringify(Object.fromEntries(entries))}\n`;
  }
}
