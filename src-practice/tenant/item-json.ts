import { graphTime } from './clock.ts';
import { downloadUrl } from './download-url.ts';
import type { Drive } from './drive.ts';
import { type Actor, cTagOf, type DriveItem, eTagOf, isFolder, pathSegments } from './drive-item.ts';
import { listItemIdOf } from './ids.ts';
import type { Tenant } from './tenant.ts';

/** How an item is to be shown. */
export interface ItemView {
  readonly origin: string;
  /** Property names of `$select`; all that are there by default when undefined. */
  readonly select: ReadonlySet<string> | undefined;
  /**
   * In an answer of delta: the service leaves out cTag and the parent's path, and of deleted items the name
   * (driveItem: delta, "Remarks").
   */
  readonly delta?: boolean;
}

export function selectOf(query: URLSearchParams): ReadonlySet<string> | undefined {
  const text = query.get('$select') ?? query.get('select');
  return text === null || text === '' ? undefined : new Set(text.split(',').map((name) => name.trim()));
}

/** A driveItem as Graph shows it. */
export function itemJson(
  tenant: Tenant,
  drive: Drive,
  item: DriveItem,
  view: ItemView,
): Record<string, unknown> {
  const whole = wholeItem(tenant, drive, item, view);
  if (view.select === undefined) return whole;
  const chosen: Record<string, unknown> = { '@odata.etag': eTagOf(item) };
  for (const [name, value] of Object.entries(whole)) if (view.select.has(name)) chosen[name] = value;
  if (view.select.has('sharepointIds')) chosen['sharepointIds'] = sharepointIds(tenant, drive, item);
  if (view.select.has('content.downloadUrl') && !isFolder(item)) {
    chosen['@microsoft.graph.downloadUrl'] = downloadUrl(tenant, drive, item, view.origin);
  }
  if (!view.select.has('id')) chosen['id'] = item.id;
  return chosen;
}

function wholeItem(tenant: Tenant, drive: Drive, item: DriveItem, view: ItemView): Record<string, unknown> {
  const delta = view.delta === true;
  if (item.deleted) {
    return {
      id: item.id,
      eTag: eTagOf(item),
      deleted: { state: 'deleted' },
      parentReference: { driveType: drive.facts.type, driveId: drive.facts.id, id: item.parent?.id },
      ...(isFolder(item) ? { folder: {} } : { file: {} }),
    };
  }
  const created = graphTime(item.created);
  const modified = graphTime(item.modified);
  return {
    ...(isFolder(item)
      ? {}
      : { '@microsoft.graph.downloadUrl': downloadUrl(tenant, drive, item, view.origin) }),
    createdDateTime: created,
    eTag: eTagOf(item),
    id: item.id,
    lastModifiedDateTime: modified,
    name: item.name,
    webUrl: itemWebUrl(drive, item),
    ...(delta ? {} : { cTag: cTagOf(item) }),
    size: item.size,
    createdBy: identitySet(item.createdBy),
    lastModifiedBy: identitySet(item.modifiedBy),
    parentReference: parentReference(drive, item, delta),
    fileSystemInfo: { createdDateTime: created, lastModifiedDateTime: modified },
    ...facets(tenant, item),
  };
}

function facets(tenant: Tenant, item: DriveItem): Record<string, unknown> {
  if (item.children !== undefined) {
    const folder = { childCount: item.children.size };
    return item.parent === undefined ? { root: {}, folder } : { folder };
  }
  const hidden = item.content === undefined || tenant.faults.hidesHash(item.guid);
  const hashes = hidden ? {} : { hashes: { quickXorHash: item.content?.quickXor } };
  return { file: { mimeType: mimeType(item.name), ...hashes } };
}

function parentReference(drive: Drive, item: DriveItem, delta: boolean): Record<string, unknown> {
  const { id: driveId, type: driveType, siteId } = drive.facts;
  const parent = item.parent;
  if (parent === undefined) return { driveType, driveId };
  return {
    driveType,
    driveId,
    id: parent.id,
    siteId: siteId.split(',')[1],
    ...(delta ? {} : { name: parent.name, path: graphPath(drive, parent) }),
  };
}

/** `/drives/{id}/root:/a/b`, percent-encoded; the root's own has nothing after the colon. */
function graphPath(drive: Drive, folder: DriveItem): string {
  const below = pathSegments(folder).map((name) => `/${encodeURIComponent(name)}`);
  return `/drives/${drive.facts.id}/root:${below.join('')}`;
}

function sharepointIds(tenant: Tenant, drive: Drive, item: DriveItem): Record<string, unknown> {
  const [, siteGuid, webId] = drive.facts.siteId.split(',');
  const site = tenant.organisation.sites.find((one) => one.id === drive.facts.siteId);
  return {
    listId: drive.facts.listId,
    listItemId: String(listItemIdOf(item.guid)),
    listItemUniqueId: item.guid,
    siteId: siteGuid,
    siteUrl: `https://${drive.facts.host}/${site?.path ?? ''}`,
    tenantId: tenant.organisation.tenantId,
    webId,
  };
}

export function identitySet(actor: Actor): Record<string, unknown> {
  const { kind, id, displayName, email } = actor;
  return { [kind]: email === undefined ? { id, displayName } : { email, id, displayName } };
}

export function driveWebUrl(drive: Drive): string {
  return `https://${drive.facts.host}/${encodePath(drive.facts.path.split('/'))}`;
}

/** Address in a browser. Office files have that of their editor, as in the service: no path can be read from it. */
export function itemWebUrl(drive: Drive, item: DriveItem): string {
  if (/\.(docx|xlsx|pptx)$/i.test(item.name) && !isFolder(item)) {
    const site = drive.facts.path.split('/').slice(0, -1);
    const query = `sourcedoc=%7B${item.guid.toUpperCase()}%7D&file=${encodeURIComponent(item.name)}`;
    const editor = encodePath([...site, '_layouts', '15', 'Doc.aspx']);
    return `https://${drive.facts.host}/${editor}?${query}&action=default&mobileredirect=true`;
  }
  const below = pathSegments(item);
  return below.length === 0 ? driveWebUrl(drive) : `${driveWebUrl(drive)}/${encodePath(below)}`;
}

function encodePath(segments: readonly string[]): string {
  return segments.map((segment) => encodeURIComponent(segment)).join('/');
}

const mimeTypes: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  html: 'text/html',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
};

function mimeType(name: string): string {
  return mimeTypes[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream';
}
