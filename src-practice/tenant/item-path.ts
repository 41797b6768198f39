import { decodeSegment } from './call.ts';
import type { Drive } from './drive.ts';
import type { DriveItem } from './drive-item.ts';
import { Refusal, refusals } from './reply.ts';

/**
 * An address below a drive, taken apart: a base item, a path below it (`:/a/b:`), and what follows, e.g.
 * `items/{id}:/a/b:/createUploadSession`. Names cannot hold a colon, so that an unencoded one always is the mark.
 */
export interface ItemAddress {
  readonly base: DriveItem;
  /** Decoded names below the base; empty when the base itself is meant. */
  readonly names: readonly string[];
  /** What follows, without the slash in front, e.g. `children`; empty for the item itself. */
  readonly rest: string;
}

/** Reads `root...` or `items/{id}...`. */
export function parseItemAddress(drive: Drive, path: string): ItemAddress | Refusal {
  const match = /^(?:root|items\/([^/:]+))(.*)$/.exec(path);
  if (match === null) return refusals.invalid('The request URI is not valid.');
  const id = match[1] === undefined ? 'root' : decodeSegment(match[1]);
  if (id instanceof Refusal) return id;
  const base = drive.item(id);
  if (base === undefined) return refusals.itemNotFound();
  const tail = match[2] ?? '';
  if (!tail.startsWith(':')) return { base, names: [], rest: tail.replace(/^\//, '') };
  const [relative = '', rest = ''] = tail.slice(1).split(':');
  const names: string[] = [];
  for (const segment of relative.split('/')) {
    if (segment === '') continue;
    const name = decodeSegment(segment);
    if (name instanceof Refusal) return name;
    names.push(name);
  }
  return { base, names, rest: rest.replace(/^\//, '') };
}

/** The item at an address. */
export function findItem(drive: Drive, address: ItemAddress): DriveItem | undefined {
  let at: DriveItem | undefined = address.base;
  for (const name of address.names) at = at === undefined ? undefined : drive.child(at, name);
  return at;
}
