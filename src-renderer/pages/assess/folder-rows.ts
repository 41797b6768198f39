import { beforeMarking } from '../../../src-shared/rules/formula-mark.ts';
import { planName } from '../../../src-shared/rules/names.ts';

/** Stands in an address where the name of each folder belongs. */
export const PLACEHOLDER = '{folder}';

const COLUMNS = ['source', 'site', 'library', 'folder', 'name'];

/**
 * A list for the import: a row for each folder of a source, each with a place of its own.
 * @param destination an address; each folder gets one of its name in it, or the place where the address has {@link PLACEHOLDER}
 * @returns CSV in our columns
 */
export function folderRows(source: string, folders: readonly string[], destination: string): string {
  const rows = folders.map((folder) => {
    const name = nameAt(folder);
    const hasPlace = destination.includes(PLACEHOLDER);
    const site = hasPlace ? destination.replaceAll(PLACEHOLDER, encodeURIComponent(name)) : destination;
    return [below(source, folder), site, '', hasPlace ? '' : name, folder];
  });
  return [COLUMNS, ...rows].map((row) => row.map(cell).join(',')).join('\r\n');
}

/** The folder's name as SharePoint takes it; the import says what is wrong with one that it cannot take at all. */
function nameAt(folder: string): string {
  const planned = planName(folder, { kind: 'folder', atLibraryRoot: false });
  return planned.ok ? planned.name : folder;
}

/** As the source itself is written. */
function below(source: string, folder: string): string {
  const separator = source.startsWith('/') || !source.includes('\\') ? '/' : '\\';
  return source.endsWith(separator) ? `${source}${folder}` : `${source}${separator}${folder}`;
}

function cell(text: string): string {
  return `"${beforeMarking(text).replaceAll('"', '""')}"`;
}
