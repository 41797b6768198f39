/**
 * What a column of an imported table can mean. `none-allowed` are columns that must be empty (SharePoint Server as a source), `not-used` those
 * that other tools have and Convoy does nothing with.
 */
export const columnMeanings = [
  'source',
  'site',
  'library',
  'folder',
  'name',
  'none-allowed',
  'not-used',
  'unknown',
] as const;
export type ColumnMeaning = (typeof columnMeanings)[number];

/** A form of table that other tools write. */
export type Layout = 'migration-manager' | 'spmt' | 'source-list' | 'pairs' | 'mover' | 'by-header';

export interface Columns {
  readonly layout: Layout;
  /** Whether the first row names the columns. */
  readonly header: boolean;
  /** One for each column. */
  readonly meanings: readonly ColumnMeaning[];
}

/** Names of columns in lower case without anything but letters and digits: ours, Migration Manager's, SPMT's, Mover's, and German ones. */
const names: Readonly<Record<string, ColumnMeaning>> = {
  source: 'source',
  sourcepath: 'source',
  sourcefolder: 'source',
  filesharepath: 'source',
  fileshare: 'source',
  share: 'source',
  quelle: 'source',
  quellpfad: 'source',
  site: 'site',
  sharepointsite: 'site',
  targetweb: 'site',
  targetpath: 'site',
  targetsite: 'site',
  targeturl: 'site',
  destination: 'site',
  destinationpath: 'site',
  destinationsite: 'site',
  destinationurl: 'site',
  onedrive: 'site',
  ziel: 'site',
  zielpfad: 'site',
  zieladresse: 'site',
  library: 'library',
  doclibrary: 'library',
  documentlibrary: 'library',
  targetdoclib: 'library',
  targetlibrary: 'library',
  targetlist: 'library',
  bibliothek: 'library',
  dokumentbibliothek: 'library',
  folder: 'folder',
  subfolder: 'folder',
  docsubfolder: 'folder',
  targetsubfolder: 'folder',
  targetfolder: 'folder',
  targetlistrelativepath: 'folder',
  ordner: 'folder',
  unterordner: 'folder',
  name: 'name',
  taskname: 'name',
  task: 'name',
  aufgabe: 'name',
  sourcedoclib: 'none-allowed',
  sourcesubfolder: 'none-allowed',
  id: 'not-used',
  taskid: 'not-used',
  sourcename: 'not-used',
  tags: 'not-used',
  tag: 'not-used',
  wave: 'not-used',
  group: 'not-used',
  agentgroup: 'not-used',
  schedule: 'not-used',
  priority: 'not-used',
  weight: 'not-used',
  registerashubsite: 'not-used',
  associatewithhuburl: 'not-used',
};

/** The six columns of Migration Manager and SPMT. */
const SIX: readonly ColumnMeaning[] = ['source', 'none-allowed', 'none-allowed', 'site', 'library', 'folder'];

/** What is known of tables without a header, by the number of their columns. */
const byCount: Readonly<Record<number, Pick<Columns, 'layout' | 'meanings'>>> = {
  1: { layout: 'source-list', meanings: ['source'] },
  2: { layout: 'pairs', meanings: ['source', 'site'] },
  3: { layout: 'mover', meanings: ['source', 'site', 'not-used'] },
  // The last columns are often left off where they are empty.
  5: { layout: 'migration-manager', meanings: SIX.slice(0, 5) },
  6: { layout: 'migration-manager', meanings: SIX },
  8: { layout: 'spmt', meanings: [...SIX, 'not-used', 'not-used'] },
};

/**
 * What the columns of a table mean: by its first row if that names columns, else by their number. Undefined when neither tells
 * where the sources are.
 */
export function columnsOf(rows: readonly (readonly string[])[]): Columns | undefined {
  const [first = []] = rows;
  const named = first.map(meaningOf);
  if (named.includes('source') && !first.some(looksLikePath)) {
    return { layout: layoutOf(named), header: true, meanings: unique(named) };
  }
  const width = Math.max(0, ...rows.slice(0, 100).map((row) => row.length));
  const known = byCount[width];
  return known && { ...known, header: false };
}

/** What a column is by its name; `unknown` for a name that says nothing here. */
export function meaningOf(name: string): ColumnMeaning {
  const plain = name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return Object.hasOwn(names, plain) ? (names[plain] ?? 'unknown') : 'unknown';
}

function layoutOf(meanings: readonly ColumnMeaning[]): Layout {
  if (!meanings.includes('none-allowed')) return 'by-header';
  return meanings.length > SIX.length ? 'spmt' : 'migration-manager';
}

/** Two columns of one meaning would fight for one cell: the first has it. */
function unique(meanings: readonly ColumnMeaning[]): ColumnMeaning[] {
  return meanings.map((meaning, i) =>
    isOnce(meaning) && meanings.indexOf(meaning) < i ? 'unknown' : meaning,
  );
}

function isOnce(meaning: ColumnMeaning): boolean {
  return (
    meaning === 'source' ||
    meaning === 'site' ||
    meaning === 'library' ||
    meaning === 'folder' ||
    meaning === 'name'
  );
}

function looksLikePath(cell: string): boolean {
  return /^(?:\\\\|\/|[a-z]:[\\/]|https?:)/i.test(cell.trim());
}
