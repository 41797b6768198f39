import { bitsOf, draw, PURPOSE } from './draw.ts';

const folderWords = [
  'Projekte',
  'Contracts',
  'Verträge',
  'Marketing',
  'Invoices',
  'Rechnungen',
  'Board meetings',
  'Personal',
  'Drawings',
  'Archive',
  'Kunden',
  'Suppliers',
  'Photos',
  'Quality',
  'Schulung',
  'Old server',
];

const fileWords = [
  'Report',
  'Angebot',
  'Minutes',
  'Budget',
  'Protokoll',
  'Offer',
  'Vertrag',
  'Invoice',
  'Presentation',
  'Rechnung',
  'Drawing',
  'Letter',
  'Übersicht',
  'Planning',
  'Scan',
  'Checklist',
];

const secondWords = ['final', 'Müller', 'v2', 'draft', 'customer', 'signed', 'Kopie', 'internal'];

/** As they are found on file servers: documents and scans first. */
const extensions =
  'docx pdf xlsx pdf jpg docx pdf msg pptx xls doc txt dwg png zip eml tif csv mp4 xml 7z log html bak'.split(
    ' ',
  );

/** Beginnings of names that the destination does not take as they are. */
const odd = ['Offer? ', '~$', ' ', 'a:b ', '"quoted" ', '50 * 2 '];

/** The number in a folder's name tells which it is, so that nobody has to look for it among the others. */
export function folderName(seed: number, folder: number): string {
  return `${pick(folderWords, bitsOf(seed, PURPOSE.word, folder, -1))} ${folder}`;
}

/** @returns the number of the folder that this could be the name of */
export function numberInFolderName(name: string): number | undefined {
  const digits = /\d+$/.exec(name)?.[0];
  return digits === undefined ? undefined : Number(digits);
}

export function fileName(seed: number, folder: number, at: number, oddShare: number): string {
  const bits = bitsOf(seed, PURPOSE.word, folder, at);
  const oddity = oddShare > 0 && draw(seed, PURPOSE.odd, folder, at) < oddShare ? pick(odd, bits >>> 24) : '';
  const number = String(at).padStart(4, '0');
  return `${oddity}${pick(fileWords, bits)} ${pick(secondWords, bits >>> 8)} ${number}.${pick(extensions, bits >>> 12)}`;
}

/** @returns which file of its folder this could be the name of */
export function numberInFileName(name: string): number | undefined {
  const digits = /(\d+)\.[^.]+$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function pick(words: readonly string[], bits: number): string {
  return words[bits % words.length] ?? '';
}
