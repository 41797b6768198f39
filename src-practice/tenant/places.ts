import type { Drive } from './drive.ts';
import { type Actor, cTagOf, type DriveItem, eTagOf, isFolder } from './drive-item.ts';
import type { ItemAddress } from './item-path.ts';
import { checkPlace, refusedName } from './naming.ts';
import { Refusal, refusals } from './reply.ts';

/** Where a file is to be: a name in a folder, or an item that is there. */
export interface FilePlace {
  readonly parent: DriveItem;
  readonly name: string;
  /** The item that was addressed by its id. */
  readonly target: DriveItem | undefined;
}

/**
 * Finds the place for a file that is to be uploaded. Folders that are missing on the way are made, as the
 * service does when uploading by path.
 */
export function filePlace(drive: Drive, address: ItemAddress, actor: Actor): FilePlace | Refusal {
  const { base, names } = address;
  const name = names.at(-1);
  if (name === undefined) {
    if (isFolder(base) || base.parent === undefined) {
      return refusals.invalid('File name not provided in url.');
    }
    return { parent: base.parent, name: base.name, target: base };
  }
  const atRoot = names.length === 1 && base.parent === undefined;
  const reason = refusedName({ name, folder: false, atRoot });
  if (reason !== undefined) {
    return refusals.invalid(`The provided name cannot be used. ${reason}.`, 'invalidPath');
  }
  let parent = base;
  for (const step of names.slice(0, -1)) {
    const next = stepInto(drive, parent, step, actor);
    if (next instanceof Refusal) return next;
    parent = next;
  }
  if (!isFolder(parent)) return refusals.invalid('The parent is not a folder.');
  return checkPlace(drive, parent, name, false) ?? { parent, name, target: undefined };
}

function stepInto(drive: Drive, parent: DriveItem, name: string, actor: Actor): DriveItem | Refusal {
  const there = drive.child(parent, name);
  if (there !== undefined) return isFolder(there) ? there : refusals.nameTaken();
  if (!isFolder(parent)) return refusals.invalid('The parent is not a folder.');
  return checkPlace(drive, parent, name, true) ?? drive.addFolder(parent, name, {}, actor);
}

/** Judges `if-match` (an eTag or a cTag) and `if-none-match: *` against what is there. */
export function checkConditions(
  headers: Readonly<Record<string, string | undefined>>,
  item: DriveItem | undefined,
): Refusal | undefined {
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined && !matches(ifMatch, item)) return refusals.modified();
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined && item !== undefined && matches(ifNoneMatch, item))
    return refusals.modified();
  return undefined;
}

export function matches(tag: string, item: DriveItem | undefined): boolean {
  if (item === undefined) return false;
  const bare = tag.replace(/^W\//, '');
  return bare === '*' || bare === eTagOf(item) || bare === cTagOf(item);
}
