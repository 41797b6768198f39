/** Who did something. */
export interface Actor {
  readonly kind: 'application' | 'user';
  readonly id: string;
  readonly displayName: string;
  readonly email?: string;
}

/** Where the bytes of a file are. */
export type BodyRef =
  | { readonly at: 'pack'; readonly pack: number; readonly offset: number }
  | { readonly at: 'file'; readonly name: string }
  | { readonly at: 'nowhere' };

/** What a file holds, as stored and as it was received. */
export interface Content {
  /** Bytes stored; differs from what was received when the service rewrote the file. */
  readonly size: number;
  /** quickXorHash of the stored bytes, base64. */
  readonly quickXor: string;
  readonly body: BodyRef;
  /** The bytes as received, for tests that compare with the source. */
  readonly original: {
    readonly size: number;
    readonly quickXor: string;
    readonly sha256?: string | undefined;
  };
}

/** A version that is no longer the current one. */
export interface OlderVersion {
  /** 1, 2, ...: Graph shows `1.0`, `2.0`. */
  readonly number: number;
  readonly modified: number;
  readonly size: number;
  readonly by: Actor;
}

/** A file or folder. Folders have `children`, files have `content`. */
export interface DriveItem {
  readonly id: string;
  readonly guid: string;
  /** Undefined for the root of the drive only. */
  parent: DriveItem | undefined;
  name: string;
  readonly children: Map<string, DriveItem> | undefined;
  /** Children by name, made when asked for and dropped when one changes. */
  sorted: readonly DriveItem[] | undefined;
  content: Content | undefined;
  /** Of a file: bytes stored. Of a folder: of all that is below. */
  size: number;
  /** Milliseconds, whole seconds: SharePoint keeps no more. */
  created: number;
  modified: number;
  createdBy: Actor;
  modifiedBy: Actor;
  /** Number in the eTag: goes up with any change. */
  eTag: number;
  /** Number in the cTag: goes up with a change of content. */
  cTag: number;
  /** Number of the current version; 1 for folders for good. */
  version: number;
  older: readonly OlderVersion[];
  /** Place in the drive's change log. */
  changed: number;
  deleted: boolean;
  /** Who holds the file open; uploads, changes and deletion then meet 423. */
  lockedBy: string | undefined;
}

export function isFolder(item: DriveItem): boolean {
  return item.children !== undefined;
}

export function eTagOf(item: DriveItem): string {
  return `"{${item.guid.toUpperCase()}},${item.eTag}"`;
}

export function cTagOf(item: DriveItem): string {
  return `"c:{${item.guid.toUpperCase()}},${item.cTag}"`;
}

/** Names from below the root down to the item. */
export function pathSegments(item: DriveItem): string[] {
  const names: string[] = [];
  for (let at = item; at.parent !== undefined; at = at.parent) names.push(at.name);
  return names.reverse();
}

/** Bytes that count against the quota: the current version and all older ones. */
export function storedBytes(item: DriveItem): number {
  let sum = item.content?.size ?? 0;
  for (const version of item.older) sum += version.size;
  return sum;
}
