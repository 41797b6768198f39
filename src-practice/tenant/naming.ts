import type { Drive } from './drive.ts';
import { type DriveItem, pathSegments } from './drive-item.ts';
import { type Refusal, refusals } from './reply.ts';

/**
 * SharePoint's rules for names, written down for the practice tenant on its own and on purpose not shared
 * with the client: a peer that used the client's rules would share its mistakes.
 * Source: "Restrictions and limitations in OneDrive and SharePoint" (Microsoft Support).
 */

/** Longest name of one file or folder, in UTF-16 units. */
const LONGEST_NAME = 255;
/** Longest decoded path below the host, without the leading slash, e.g. `sites/x/Shared Documents/a.docx`. */
const LONGEST_PATH = 400;

const RESERVED = new Set([
  '.LOCK',
  'CON',
  'PRN',
  'AUX',
  'NUL',
  'DESKTOP.INI',
  ...Array.from({ length: 10 }, (_, i) => `COM${i}`),
  ...Array.from({ length: 10 }, (_, i) => `LPT${i}`),
]);

const FORBIDDEN = '"*:<>?/\\|';

export interface NameQuestion {
  readonly name: string;
  readonly folder: boolean;
  /** The name would stand at the top of the library. */
  readonly atRoot: boolean;
}

/** Says why a name is refused, or nothing. */
export function refusedName({ name, folder, atRoot }: NameQuestion): string | undefined {
  if (name === '') return 'The name is empty';
  if (name.length > LONGEST_NAME) return `The name is longer than ${LONGEST_NAME} characters`;
  if (!name.isWellFormed()) return 'The name holds half of a surrogate pair';
  for (let i = 0; i < name.length; i++) {
    const unit = name.charCodeAt(i);
    if (unit < 0x20 || unit === 0x7f) return 'The name holds a control character';
    if (FORBIDDEN.includes(name.charAt(i))) return `The name holds the character ${name.charAt(i)}`;
  }
  if (name.startsWith(' ') || name.endsWith(' ')) return 'The name begins or ends with a space';
  if (name.endsWith('.')) return 'The name ends with a dot';
  const upper = name.toUpperCase();
  if (RESERVED.has(upper)) return 'The name is reserved';
  if (upper.includes('_VTI_')) return 'The name holds _vti_';
  if (name.startsWith('~$')) return 'The name begins with ~$';
  if (folder && name.startsWith('~')) return 'A folder name may not begin with ~';
  if (folder && atRoot && upper === 'FORMS') return 'The folder name forms is taken by the library';
  return undefined;
}

/** Length that counts against the path limit: decoded and server-relative. */
export function pathLength(drive: Drive, parent: DriveItem, name: string): number {
  let length = drive.facts.path.length + 1 + name.length;
  for (const segment of pathSegments(parent)) length += segment.length + 1;
  return length;
}

/** The refusal that Graph gives for a name at a place, if any. */
export function checkPlace(
  drive: Drive,
  parent: DriveItem,
  name: string,
  folder: boolean,
): Refusal | undefined {
  const reason = refusedName({ name, folder, atRoot: parent.parent === undefined });
  if (reason !== undefined) {
    return refusals.invalid(`The provided name cannot be used. ${reason}.`, 'invalidPath');
  }
  if (pathLength(drive, parent, name) > LONGEST_PATH) {
    return refusals.invalid('The specified path is too long.', 'pathIsTooLong');
  }
  return undefined;
}

/** The same for an item that moves with all that is below it. */
export function checkMove(
  drive: Drive,
  item: DriveItem,
  parent: DriveItem,
  name: string,
): Refusal | undefined {
  const refusal = checkPlace(drive, parent, name, item.children !== undefined);
  if (refusal !== undefined) return refusal;
  if (pathLength(drive, parent, name) + deepest(item) > LONGEST_PATH) {
    return refusals.invalid('The specified path is too long.', 'pathIsTooLong');
  }
  return undefined;
}

/** Characters that the longest path below an item adds to its own. */
function deepest(item: DriveItem): number {
  let most = 0;
  for (const child of item.children?.values() ?? []) {
    most = Math.max(most, 1 + child.name.length + deepest(child));
  }
  return most;
}

/** `report.txt`, `report 1.txt`, `report 2.txt`, ...: the first that is free (conflictBehavior rename). */
export function freeName(drive: Drive, parent: DriveItem, name: string, folder: boolean): string {
  const dot = folder ? -1 : name.lastIndexOf('.');
  const stem = dot > 0 ? name.slice(0, dot) : name;
  const extension = dot > 0 ? name.slice(dot) : '';
  let candidate = name;
  for (let i = 1; drive.child(parent, candidate) !== undefined; i++) candidate = `${stem} ${i}${extension}`;
  return candidate;
}
