import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Row, Table } from './table.ts';
import { type ExportFormat, writeTable } from './write-table.ts';
import { xlsxChunks } from './xlsx.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convoy-export-'));
});
afterEach(() => rm(folder, { recursive: true }));

const AT = new Date(Date.UTC(2026, 10, 28, 12, 30));
const HOSTILE = '=cmd|"<&> \u202egpj.exe\u0007 _x0041_ \ud800';
const rows: readonly Row[] = [
  ['plain', 12.5, AT, null],
  [HOSTILE, -1, null, ' kept '],
];

function tableOf(all: readonly Row[]): Table {
  return {
    name: 'Items',
    columns: ['path', 'size', 'at', 'note'],
    rows: (async function* () {
      yield* all;
    })(),
  };
}

async function written(format: ExportFormat): Promise<Buffer> {
  const file = join(folder, 'out');
  expect(await writeTable(file, tableOf(rows), format)).toBe(rows.length);
  expect(await readdir(folder)).toEqual(['out']);
  return readFile(file);
}

test('CSV is for Excel: with its mark, times in UTC, and nothing that it takes for a formula', async () => {
  const text = (await written('csv')).toString();
  expect(text.startsWith('\ufeffpath,size,at,note\r\n')).toBe(true);
  expect(text).toContain('plain,12.5,2026-11-28T12:30:00Z,\r\n');
  expect(text).toContain(`"'=cmd|""<&>`);
});

test('JSON lines have an object a row, with null for what is empty', async () => {
  const lines = (await written('jsonl')).toString().trimEnd().split('\n');
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    { path: 'plain', size: 12.5, at: AT.toISOString(), note: null },
    { path: HOSTILE, size: -1, at: null, note: ' kept ' },
  ]);
});

test('a workbook has numbers as numbers, moments as moments, and texts that are never formulas', async () => {
  const parts = unzipSync(await written('xlsx'));
  expect(Object.keys(parts).sort()).toEqual([
    '[Content_Types].xml',
    '_rels/.rels',
    'xl/_rels/workbook.xml.rels',
    'xl/styles.xml',
    'xl/workbook.xml',
    'xl/worksheets/sheet1.xml',
  ]);
  const sheet = textOf(parts, 'xl/worksheets/sheet1.xml');
  expect(sheet).toContain('<c r="B2"><v>12.5</v></c><c r="C2" s="2"><v>46354.520833333336</v></c></row>');
  expect(sheet).toContain(
    '<c r="A3" t="inlineStr"><is><t xml:space="preserve">=cmd|"&lt;&amp;&gt; \u202egpj.exe_x0007_ _x005F_x0041_ _xD800_</t></is></c>',
  );
  expect(sheet).not.toContain('<f>');
  expect(sheet).toContain('<autoFilter ref="A1:D3"/>');
});

test('what is more than a sheet holds goes on in the next one', async () => {
  const many = Array.from({ length: 7 }, (_, index): Row => [`row ${index}`, index, null, null]);
  const chunks: Uint8Array[] = [];
  for await (const chunk of xlsxChunks(tableOf(many), 4)) chunks.push(chunk);
  const parts = unzipSync(Buffer.concat(chunks));
  const rowsOf = (sheet: number) =>
    [...textOf(parts, `xl/worksheets/sheet${sheet}.xml`).matchAll(/row \d/g)].map(([name]) => name);
  expect([rowsOf(1), rowsOf(2), rowsOf(3)]).toEqual([
    ['row 0', 'row 1', 'row 2'],
    ['row 3', 'row 4', 'row 5'],
    ['row 6'],
  ]);
  expect(textOf(parts, 'xl/workbook.xml')).toContain('name="Items 3"');
});

test.each(['csv', 'xlsx', 'jsonl'] as const)('%s: what breaks off leaves no file behind', async (format) => {
  const broken: Table = {
    ...tableOf([]),
    rows: (async function* () {
      yield ['one', 1, null, null];
      throw new Error('the coordinator went away');
    })(),
  };
  await expect(writeTable(join(folder, 'out'), broken, format)).rejects.toThrow('went away');
  const stopped = AbortSignal.abort();
  const stop = writeTable(join(folder, 'out'), tableOf(rows), format, undefined, stopped);
  await expect(stop).rejects.toThrow();
  expect(await readdir(folder)).toEqual([]);
});

function textOf(parts: Readonly<Record<string, Uint8Array>>, path: string): string {
  return strFromU8(parts[path] ?? new Uint8Array());
}
