import { sheetXml } from './sheet-xml.ts';
import type { Row, Table } from './table.ts';
import { ZipParts } from './zip-parts.ts';

/** The rows that a sheet of Excel has, that with the columns' names included. What is more goes on in a further sheet. */
export const SHEET_ROWS = 1_048_576;

/** A table as a workbook (ECMA-376), piece by piece: names of columns fixed on top, with filters, dates as dates in UTC, texts as texts. */
export async function* xlsxChunks(
  { name, columns, rows }: Table,
  sheetRows = SHEET_ROWS,
): AsyncGenerator<Uint8Array> {
  const zip = new ZipParts();
  const reader = new Reader(rows);
  let sheets = 0;
  do {
    sheets += 1;
    zip.begin(`xl/worksheets/sheet${sheets}.xml`);
    for await (const xml of sheetXml(columns, reader.take(sheetRows - 1))) yield* zip.push(xml);
    yield* zip.endPart();
  } while (await reader.hasMore());
  for (const [path, xml] of frame(name, sheets)) {
    zip.begin(path);
    yield* zip.push(xml);
    yield* zip.endPart();
  }
  yield* zip.end();
}

/** Rows that are taken in portions. */
class Reader {
  readonly #rows: AsyncIterator<Row>;
  #next: Promise<IteratorResult<Row>> | undefined;

  constructor(rows: AsyncIterable<Row>) {
    this.#rows = rows[Symbol.asyncIterator]();
  }

  async hasMore(): Promise<boolean> {
    this.#next ??= this.#rows.next();
    return (await this.#next).done !== true;
  }

  async *take(most: number): AsyncGenerator<Row> {
    for (let taken = 0; taken < most && (await this.hasMore()); taken += 1) {
      const next = await this.#next;
      this.#next = undefined;
      if (next?.done === false) yield next.value;
    }
  }
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** What a workbook has besides its sheets. */
function frame(name: string, count: number): [path: string, xml: string][] {
  const sheets = Array.from({ length: count }, (_, index) => index + 1);
  const title = (sheet: number) => (sheet === 1 ? name : `${name} ${sheet}`);
  return [
    [
      '[Content_Types].xml',
      `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>${sheets
        .map(
          (sheet) =>
            `<Override PartName="/xl/worksheets/sheet${sheet}.xml" ContentType="${TYPE}.worksheet+xml"/>`,
        )
        .join('')}</Types>`,
    ],
    [
      '_rels/.rels',
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets
        .map((sheet) => `<sheet name="${title(sheet)}" sheetId="${sheet}" r:id="rId${sheet}"/>`)
        .join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${sheets
        .map(
          (sheet) =>
            `<Relationship Id="rId${sheet}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${sheet}.xml"/>`,
        )
        .join(
          '',
        )}<Relationship Id="rId${count + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    ],
    ['xl/styles.xml', STYLES],
  ];
}

/** Styles by number: 0 plain, 1 a name of a column, 2 a moment. */
const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`;
