import { itemFields } from './items.ts';

/** Addresses of one drive. Names are encoded one by one; `'` is left alone by encodeURIComponent and means something to OData. */
export class DriveUrls {
  /** Of the version, without a slash at the end: `https://graph.microsoft.com/v1.0`. */
  readonly base: string;
  readonly drive: string;

  constructor(base: string, driveId: string) {
    this.base = base.replace(/\/+$/, '');
    this.drive = `/drives/${encodeURIComponent(driveId)}`;
  }

  /** A path below the base, as a part of a batch wants it, made a whole address. */
  whole(path: string): URL {
    return new URL(this.base + path);
  }

  item(id: string): string {
    return `${this.drive}/items/${encodeURIComponent(id)}`;
  }

  /** The item of a name in a folder; what follows it has to begin with `:`. */
  child(parent: string, name: string): string {
    return `${this.item(parent)}:/${encodeName(name)}`;
  }

  /** By path from the root of the drive. */
  byPath(names: readonly string[]): string {
    return names.length === 0
      ? `${this.drive}/root`
      : `${this.drive}/root:/${names.map(encodeName).join('/')}`;
  }

  selected(path: string): URL {
    return this.whole(`${path}?$select=${itemFields}`);
  }
}

export function encodeName(name: string): string {
  return encodeURIComponent(name).replaceAll("'", '%27');
}
