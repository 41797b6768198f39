const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const MIME = 'application/vnd.openxmlformats-officedocument';
const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const S = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const P = 'http://schemas.openxmlformats.org/presentationml/2006/main';
const A = 'http://schemas.openxmlformats.org/drawingml/2006/main';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

export type OfficeFormat = 'docx' | 'xlsx' | 'pptx';

/** One part of a document: its path in the zip, its content type after the common beginning, its XML. */
type Part = readonly [path: string, type: string, xml: string];

const relation = (id: number, type: string, target: string): string =>
  `<Relationship Id="rId${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;

const relations = (inner: string): string =>
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${inner}</Relationships>`;

const word = (lines: readonly string[]): Part[] => [
  [
    'word/document.xml',
    'wordprocessingml.document.main+xml',
    `${HEAD}<w:document xmlns:w="${W}"><w:body>${lines
      .map((line) => `<w:p><w:r><w:t>${line}</w:t></w:r></w:p>`)
      .join('')}</w:body></w:document>`,
  ],
];

const table = (lines: readonly string[]): Part[] => [
  [
    'xl/workbook.xml',
    'spreadsheetml.sheet.main+xml',
    `${HEAD}<workbook xmlns="${S}" xmlns:r="${OFFICE}"><sheets><sheet name="Table" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  ],
  [
    'xl/worksheets/sheet1.xml',
    'spreadsheetml.worksheet+xml',
    `${HEAD}<worksheet xmlns="${S}"><sheetData>${lines
      .map(
        (line, at) => `<row r="${at + 1}"><c r="A${at + 1}" t="inlineStr"><is><t>${line}</t></is></c></row>`,
      )
      .join('')}</sheetData></worksheet>`,
  ],
];

const shapes = (inner: string): string =>
  '<p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>' +
  `${inner}</p:spTree></p:cSld>`;

const NAMESPACES = `xmlns:p="${P}" xmlns:a="${A}" xmlns:r="${OFFICE}"`;
const ACCENTS = [1, 2, 3, 4, 5, 6].map((number) => `accent${number}`);

const colour = (name: string, value: string): string => `<a:${name}><a:srgbClr val="${value}"/></a:${name}>`;

const theme = (): string => {
  const fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>';
  const font = '<a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/>';
  const thrice = (xml: string): string => xml.repeat(3);
  return (
    `${HEAD}<a:theme xmlns:a="${A}" name="Plain"><a:themeElements><a:clrScheme name="Plain">` +
    colour('dk1', '000000') +
    colour('lt1', 'FFFFFF') +
    colour('dk2', '1F3864') +
    colour('lt2', 'EEEEEE') +
    [...ACCENTS, 'hlink', 'folHlink'].map((name) => colour(name, '2F5597')).join('') +
    `</a:clrScheme><a:fontScheme name="Plain"><a:majorFont>${font}</a:majorFont><a:minorFont>${font}</a:minorFont></a:fontScheme>` +
    `<a:fmtScheme name="Plain"><a:fillStyleLst>${thrice(fill)}</a:fillStyleLst>` +
    `<a:lnStyleLst>${thrice(`<a:ln>${fill}</a:ln>`)}</a:lnStyleLst>` +
    `<a:effectStyleLst>${thrice('<a:effectStyle><a:effectLst/></a:effectStyle>')}</a:effectStyleLst>` +
    `<a:bgFillStyleLst>${thrice(fill)}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>`
  );
};

/** A presentation needs a master, a layout and a theme even for one slide. */
const slides = (lines: readonly string[]): Part[] => [
  [
    'ppt/presentation.xml',
    'presentationml.presentation.main+xml',
    `${HEAD}<p:presentation ${NAMESPACES}><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst>` +
      '<p:sldIdLst><p:sldId id="256" r:id="rId2"/></p:sldIdLst><p:sldSz cx="12192000" cy="6858000"/>' +
      '<p:notesSz cx="6858000" cy="9144000"/></p:presentation>',
  ],
  [
    'ppt/slideMasters/slideMaster1.xml',
    'presentationml.slideMaster+xml',
    `${HEAD}<p:sldMaster ${NAMESPACES}>${shapes('')}<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" ` +
      `${ACCENTS.map((name) => `${name}="${name}"`).join(' ')} hlink="hlink" folHlink="folHlink"/>` +
      '<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst></p:sldMaster>',
  ],
  [
    'ppt/slideLayouts/slideLayout1.xml',
    'presentationml.slideLayout+xml',
    `${HEAD}<p:sldLayout ${NAMESPACES}>${shapes('')}</p:sldLayout>`,
  ],
  ['ppt/theme/theme1.xml', 'theme+xml', theme()],
  [
    'ppt/slides/slide1.xml',
    'presentationml.slide+xml',
    `${HEAD}<p:sld ${NAMESPACES}>${shapes(
      '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Text"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/>' +
        `${lines.map((line) => `<a:p><a:r><a:t>${line}</a:t></a:r></a:p>`).join('')}</p:txBody></p:sp>`,
    )}</p:sld>`,
  ],
];

/** Relationship parts besides that of the whole package. */
const partRelations: Readonly<Record<OfficeFormat, readonly (readonly [path: string, inner: string])[]>> = {
  docx: [],
  xlsx: [['xl/_rels/workbook.xml.rels', relation(1, 'worksheet', 'worksheets/sheet1.xml')]],
  pptx: [
    [
      'ppt/_rels/presentation.xml.rels',
      relation(1, 'slideMaster', 'slideMasters/slideMaster1.xml') + relation(2, 'slide', 'slides/slide1.xml'),
    ],
    [
      'ppt/slideMasters/_rels/slideMaster1.xml.rels',
      relation(1, 'slideLayout', '../slideLayouts/slideLayout1.xml') +
        relation(2, 'theme', '../theme/theme1.xml'),
    ],
    [
      'ppt/slideLayouts/_rels/slideLayout1.xml.rels',
      relation(1, 'slideMaster', '../slideMasters/slideMaster1.xml'),
    ],
    ['ppt/slides/_rels/slide1.xml.rels', relation(1, 'slideLayout', '../slideLayouts/slideLayout1.xml')],
  ],
};

const writers = { docx: word, xlsx: table, pptx: slides } as const satisfies Record<OfficeFormat, unknown>;

/**
 * The parts of a minimal document (ECMA-376) that shows `lines`, by their path in the zip. Lines must be plain
 * text without `&` and `<`. Files ending in `.bin` may be added.
 */
export const officeParts = (
  format: OfficeFormat,
  lines: readonly string[],
): Readonly<Record<string, string>> => {
  const parts = writers[format](lines);
  const main = parts[0]?.[0] ?? '';
  const types =
    `${HEAD}<Types xmlns="${PACKAGE}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="bin" ContentType="application/octet-stream"/>' +
    parts.map(([path, type]) => `<Override PartName="/${path}" ContentType="${MIME}.${type}"/>`).join('') +
    '</Types>';
  return {
    '[Content_Types].xml': types,
    '_rels/.rels': relations(relation(1, 'officeDocument', main)),
    ...Object.fromEntries(parts.map(([path, , xml]) => [path, xml])),
    ...Object.fromEntries(partRelations[format].map(([path, inner]) => [path, relations(inner)])),
  };
};
