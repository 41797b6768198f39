import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src-shared/imports/decode-text.ts';
import { readImport } from './read-import.ts';
import { importAsCsv, importTemplate } from './write-import.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function cellsOf(data: Uint8Array | string) {
  const read = readImport(typeof data === 'string' ? bytes(data) : data);
  if (!read.ok) throw new Error(`${read.problem.code}: ${read.problem.detail}`);
  return read.value.drafts.map(({ line, cells }) => [
    line,
    cells.source,
    cells.site,
    cells.library,
    cells.folder,
  ]);
}

const ROW = [1, '\\\\srv\\dept', 'https://contoso.sharepoint.com/sites/x', 'Documents', 'Sub'];

describe('a list of tasks', () => {
  it.each([
    ['commas', '\\\\srv\\dept,,,https://contoso.sharepoint.com/sites/x,Documents,Sub\n'],
    [
      'semicolons, as Excel writes in Germany',
      '\\\\srv\\dept;;;https://contoso.sharepoint.com/sites/x;Documents;Sub\r\n',
    ],
    [
      'tabs, as pasted from a spreadsheet',
      '\\\\srv\\dept\t\t\thttps://contoso.sharepoint.com/sites/x\tDocuments\tSub',
    ],
    ['quotes', '"\\\\srv\\dept",,,"https://contoso.sharepoint.com/sites/x","Documents","Sub"'],
    [
      'empty rows around',
      '\n,,,,,\n\\\\srv\\dept,,,https://contoso.sharepoint.com/sites/x,Documents,Sub\n\n',
    ],
  ])('with %s', (_, text) => {
    expect(cellsOf(text).map((row) => row.slice(1))).toEqual([ROW.slice(1)]);
  });

  it('with names of columns, lines counted as an editor counts them, over a line break in a cell', () => {
    const text = 'name,source,site\r\n"two\r\nlines",/srv/a,https://x\r\n\r\nthree,/srv/b,https://y\r\n';
    expect(cellsOf(text).map(([line, source]) => [line, source])).toEqual([
      [2, '/srv/a'],
      [5, '/srv/b'],
    ]);
  });

  it('keeps a comma in a quoted path, and a quote in the middle of a cell', () => {
    expect(
      cellsOf('source,site\n"/srv/a, b",https://x\n/srv/5" disk,https://y\n').map((row) => row[1]),
    ).toEqual(['/srv/a, b', '/srv/5" disk']);
  });

  it("as Migration Manager's JSON, with the comma too many of the published sample", () => {
    const text = `{ "Tasks": [ { "SourcePath": "\\\\\\\\srv\\\\dept", "TargetPath": "https://contoso.sharepoint.com/sites/x",
      "TargetList": "Documents", "TargetListRelativePath": "Sub",
      "Settings": { "MigrateHiddenItems": false, "SkipFilesWithExtensions": "txt:mp3", "MigrateItemsCreatedAfter": "2016-05-22", "Odd": 1, }, }, ] }`;
    const read = readImport(bytes(text));
    const [draft] = read.ok ? read.value.drafts : [];
    expect(cellsOf(text)).toEqual([ROW]);
    expect(draft?.settings.filters).toMatchObject({
      ...{ skipHidden: true, skipExtensions: ['txt', 'mp3'], createdFrom: Date.UTC(2016, 4, 22) },
    });
    expect(draft?.unknownSettings).toEqual(['Odd: 1']);
  });

  it.each([
    ['nothing', '', 'import-unreadable'],
    ['four columns without names', 'a,b,c,d\n', 'import-unreadable'],
    ['JSON of another form', '{"a": 1}', 'import-unreadable'],
    ['broken JSON', '{"Tasks": [', 'import-unreadable'],
    ['a picture', '\u0089PNG\r\n\u001a\n\0\0\0\rIHDR\0\0\u0001\0\0\0\u0001\0\b\u0006', 'import-unreadable'],
    [
      'a workbook',
      'PK\u0003\u0004\u0014\0\u0006\0\b\0!\0source,site\n/srv/a,https://x\n',
      'import-unreadable',
    ],
    ['a quote without end', 'source,site\n"/srv/a,https://x\n', 'import-unreadable'],
    ['too many rows', `source\n${'/srv/a\n'.repeat(50_001)}`, 'import-too-large'],
  ])('is refused: %s', (_, text, code) => {
    const read = readImport(bytes(text));
    expect(read.ok ? 'taken' : read.problem.code).toBe(code);
  });

  it('says which columns it does nothing with', () => {
    const read = readImport(bytes('source,site,colour,remarks\n/a,https://x,red,\n'));
    expect(read.ok && read.value.faults).toEqual([
      { code: 'import-column-not-used', line: 0, given: 'colour' },
    ]);
  });

  it('of our own writing comes back as it was, whatever the cells hold', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), (pairs) => {
        const rows = pairs.map(([source, name], i) => ({
          draft: {
            line: i + 2,
            cells: { source: `/${source}`, site: 'https://x', library: '', folder: '', name },
            ...{ serverLibrary: [], surplus: [], settings: {}, unknownSettings: [] },
          },
          remarks: ['odd'],
        }));
        const read = readImport(bytes(importAsCsv(rows)));
        expect(read.ok && read.value.drafts.map(({ cells }) => cells)).toEqual(
          rows.map(({ draft }) => draft.cells),
        );
      }),
    );
  });

  it('to begin with is one that can be read', () => {
    expect(cellsOf(importTemplate())).toHaveLength(2);
  });
});

describe('the text of a file', () => {
  const utf16 = (text: string, mark: boolean): Uint8Array =>
    new Uint8Array(Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le'));
  const swapped = (data: Uint8Array): Uint8Array => new Uint8Array(Buffer.from(data).swap16());

  it.each([
    ['UTF-8', bytes('Müller'), 'utf-8'],
    ['UTF-8 with a mark', bytes('\ufeffMüller'), 'utf-8'],
    ['UTF-16 with a mark', utf16('Müller', true), 'utf-16le'],
    ['UTF-16 without', utf16('Müller', false), 'utf-16le'],
    ['UTF-16 the other way round', swapped(utf16('Müller', true)), 'utf-16be'],
    ['the same without a mark', swapped(utf16('Müller', false)), 'utf-16be'],
    ['Windows in the West', new Uint8Array([0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72]), 'windows-1252'],
  ])('in %s', (_, data, encoding) => {
    expect(decodeText(data)).toEqual({ text: 'Müller', encoding });
  });
});
