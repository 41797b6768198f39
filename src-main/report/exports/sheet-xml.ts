import type { Cell, Row } from './table.ts';

/** What a cell of Excel holds at most, in UTF-16 units. */
const MOST_TEXT = 32_767;
const DAY_MS = 86_400_000;
/** Day 0 of Excel, which takes 1900 for a leap year: right for every day since March of it. */
const EPOCH = Date.UTC(1899, 11, 30);
/** The first of March 1900: from then on Excel's days are those of the calendar. */
const FIRST_DAY = 61;
/** Styles of the workbook. */
const NAME = ' s="1"';
const MOMENT = ' s="2"';
/** Rows to a piece of text. */
const GROUP = 200;

/** A sheet in pieces: the names of the columns, then the rows. */
export async function* sheetXml(
  columns: readonly string[],
  rows: AsyncIterable<Row>,
): AsyncGenerator<string> {
  const names = columns.map((_, index) => letters(index + 1));
  yield `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`;
  yield rowXml(columns, names, 1, NAME);
  let count = 1;
  let group = '';
  for await (const row of rows) {
    count += 1;
    group += rowXml(row, names, count);
    if (count % GROUP > 0) continue;
    yield group;
    group = '';
  }
  yield `${group}</sheetData><autoFilter ref="A1:${letters(columns.length)}${count}"/></worksheet>`;
}

/** Every row and cell says where it is: the format does not ask for it, some readers do. */
function rowXml(cells: Row, names: readonly string[], row: number, style?: string): string {
  const xml = cells.map((cell, index) => cellXml(cell, `${names[index] ?? ''}${row}`, style));
  return `<row r="${row}">${xml.join('')}</row>`;
}

function cellXml(cell: Cell, place: string, style = ''): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
  if (!(cell instanceof Date)) return textXml(cell, place, style);
  const days = (cell.getTime() - EPOCH) / DAY_MS;
  // Excel has no time before its own; the text says it all the same.
  return days < FIRST_DAY
    ? textXml(cell.toISOString(), place, style)
    : `<c r="${place}"${MOMENT}><v>${days}</v></c>`;
}

/** A text that is never a formula, whatever it begins with. */
function textXml(text: string, place: string, style: string): string {
  const cut = text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT - 1)}…` : text;
  return `<c r="${place}"${style} t="inlineStr"><is><t xml:space="preserve">${escaped(cut)}</t></is></c>`;
}

/** What XML cannot hold is written as Excel writes it: `_x001F_`; a text that looks like that already keeps its look. */
function escaped(text: string): string {
  return text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/(?![\t\n])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu, hex)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}

function hex(character: string): string {
  return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
}

/** 1 is A, 27 is AA. */
function letters(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return (rest > 0 ? letters(rest) : '') + String.fromCharCode(65 + ((column - 1) % 26));
}
