import type { Code } from '../catalogue/catalogue.ts';
import type { ItemKind } from '../model/item.ts';

/** What is looked at. Times in milliseconds since 1970. */
export interface NotableEntry {
  readonly name: string;
  readonly kind: ItemKind;
  readonly modified: number;
  /** Bytes. */
  readonly size: number;
  /** Its content is not on the file server: reading brings it back. */
  readonly offline?: boolean | undefined;
  /** Names that the file has in its file system. */
  readonly links?: number | undefined;
}

/** Of files by their extension, in lower case. */
const byExtension: ReadonlyMap<string, Code> = new Map(
  Object.entries({
    'onenote-notebook': 'onetoc2',
    'mailbox-file': 'pst ost nsf dbx',
    'database-file':
      'mdb accdb laccdb ldb mdf ndf ldf sqlite sqlite3 db3 dbf fdb gdb ibd edb qbw qbb fmp12 vmdk vhd vhdx vdi qcow2',
    'script-file': 'aspx asmx ascx ashx htc jar master swf xap xsf',
    'shortcut-file': 'lnk',
  } satisfies Partial<Record<Code, string>>).flatMap(([code, list]) =>
    list.split(' ').map((extension) => [extension, code as Code] as const),
  ),
);

/** Endings of the folders in which browsers keep what belongs to a saved page, in the languages that Office had. */
const THICKET = /(?:[_.-]files|_file|-dateien|_fichiers|_archivos|_bestanden|_filer|_arquivos|_pliki)$/i;

/** Names of devices with an ending: SharePoint takes them, Windows does not. Without one they are changed (names.ts). */
const DEVICE_WITH_ENDING = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\../i;

/** In these folders picture libraries kept previews. */
const HIDDEN_IN_LIBRARY = /^_[tw]$/i;

/** OneNote opens no larger section in SharePoint. */
export const LARGEST_SECTION = 2 * 1024 ** 3;

/** Characters of an address that programs on a computer open ; host and scheme come on top of the path. */
const OFFICE_PATHS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    218: 'xls xlsx xlsm xlsb xlt xltx xltm',
    259: 'doc docx docm dot dotx dotm rtf ppt pptx pptm pps ppsx pot potx vsd vsdx mpp pub',
  }).flatMap(([most, list]) => list.split(' ').map((extension) => [extension, Number(most)] as const)),
);

const SHORTEST_OFFICE_PATH = Math.min(...OFFICE_PATHS.values());

/** Up to this age a file is in use. */
export const RECENT_MS = 24 * 3_600_000;
/** Folders below the root. */
export const DEEP = 20;
/** Of 400 characters. */
export const NEARLY_TOO_LONG = 380;
/** What SharePoint's lists show without an index ("list view threshold"). */
export const WIDE = 5_000;

/**
 * What an assessment says about an entry that can be copied.
 * @param place how deep it lies (0: in the root) and how long its path is at the destination
 * @param now milliseconds since 1970
 */
export function notable(
  entry: NotableEntry,
  place: { readonly depth: number; readonly pathLength: number },
  now: number,
): readonly Code[] {
  const codes: Code[] = [];
  if (place.pathLength > NEARLY_TOO_LONG) codes.push('path-nearly-too-long');
  if (DEVICE_WITH_ENDING.test(entry.name)) codes.push('name-risky-for-sync');
  if (entry.kind === 'folder') {
    if (HIDDEN_IN_LIBRARY.test(entry.name)) codes.push('hidden-in-library');
    if (THICKET.test(entry.name)) codes.push('thicket-folder');
    // Said once, where it begins: what lies below is deeper still.
    if (place.depth === DEEP) codes.push('deep-folder');
    return codes;
  }
  const extension = extensionOf(entry.name);
  const kind = byExtension.get(extension);
  if (kind !== undefined) codes.push(kind);
  if (extension === 'one' && entry.size > LARGEST_SECTION) codes.push('notebook-section-large');
  if (
    place.pathLength > SHORTEST_OFFICE_PATH &&
    place.pathLength > (OFFICE_PATHS.get(extension) ?? Number.POSITIVE_INFINITY)
  ) {
    codes.push('path-long-for-office');
  }
  if (entry.offline === true) codes.push('offline-file');
  if (entry.links !== undefined && entry.links > 1) codes.push('hard-link');
  if (entry.modified > now - RECENT_MS && entry.modified <= now + RECENT_MS) codes.push('changed-recently');
  return codes;
}

/** What stands after the last dot, in lower case; '' without one, and for names that only begin with a dot. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}
