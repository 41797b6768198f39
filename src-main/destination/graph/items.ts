import { z } from 'zod';
import type { RemoteItem, Times } from '../destination.ts';

const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/** A driveItem as far as it is used here. What a `$select` or delta leaves out is absent. */
export const driveItemSchema = z.object({
  id: z.string(),
  name: z.string(),
  size: z.number().default(0),
  eTag: z.string(),
  parentReference: z.object({ id: z.string().optional() }).optional(),
  file: z.object({ hashes: z.object({ quickXorHash: z.string().optional() }).nullish() }).nullish(),
  folder: z.object({ childCount: z.number().optional() }).nullish(),
  /** A OneNote notebook: a folder that has this facet in place of `folder`. */
  package: z.object({}).nullish(),
  root: z.object({}).nullish(),
  fileSystemInfo: z.object({ createdDateTime: time.optional(), lastModifiedDateTime: time }),
});
export type DriveItem = z.infer<typeof driveItemSchema>;

/** The fields of {@link driveItemSchema}, for `$select`. */
export const itemFields = 'id,name,size,eTag,parentReference,file,folder,package,root,fileSystemInfo';

export function isFile(item: DriveItem): boolean {
  return item.file !== undefined && item.file !== null;
}

export function toRemoteItem(item: DriveItem): RemoteItem {
  const file = isFile(item);
  return {
    id: item.id,
    parent: item.parentReference?.id ?? '',
    name: item.name,
    kind: file ? 'file' : 'folder',
    size: file ? item.size : 0,
    modified: item.fileSystemInfo.lastModifiedDateTime,
    tag: item.eTag,
    hash: item.file?.hashes?.quickXorHash,
  };
}

/** Whole seconds, as SharePoint keeps them; rounded down like it does. */
export function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

/** Times as Graph takes them: UTC, `Z`, whole seconds. */
export function fileSystemInfo(times: Times): {
  readonly createdDateTime: string;
  readonly lastModifiedDateTime: string;
} {
  return { createdDateTime: graphTime(times.created), lastModifiedDateTime: graphTime(times.modified) };
}

export function graphTime(ms: number): string {
  return `${new Date(wholeSeconds(ms)).toISOString().slice(0, 19)}Z`;
}
