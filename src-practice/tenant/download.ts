import type { Call } from './call.ts';
import { checkDownloadProof, downloadUrl } from './download-url.ts';
import type { Drive } from './drive.ts';
import { type DriveItem, eTagOf } from './drive-item.ts';
import { Refusal, type Reply, refusals, refuse } from './reply.ts';
import type { Tenant } from './tenant.ts';

export function isDownloadUrl(path: string): boolean {
  return path.endsWith('/_layouts/15/download.aspx');
}

/** `GET .../content`: sends the caller to the pre-authenticated address. */
export function redirectToContent(
  tenant: Tenant,
  call: Call,
  drive: Drive,
  item: DriveItem,
): Reply | Refusal {
  if (item.content === undefined) return refusals.invalid('A folder has no content.');
  return { status: 302, headers: { Location: downloadUrl(tenant, drive, item, call.origin) } };
}

/** The bytes themselves, whole or a range of them. */
export function download(tenant: Tenant, query: URLSearchParams, range: string | undefined): Reply | Refusal {
  const guid = query.get('UniqueId') ?? '';
  const proof = checkDownloadProof(tenant, guid, query.get('tempauth') ?? '');
  if (proof !== 'good') {
    return refuse(401, 'unauthenticated', 'The download URL is not good (any more).', 'expiredToken');
  }
  const drive = tenant.drives.get(query.get('drive') ?? '');
  const item = drive === undefined ? undefined : drive.byGuid(guid);
  if (item?.content === undefined) return refusals.itemNotFound();
  const { size, body } = item.content;
  const wanted = range === undefined ? { start: 0, end: size } : rangeOf(range, size);
  if (wanted === undefined) {
    return new Refusal({
      status: 416,
      code: 'invalidRange',
      message: 'The requested range is not in the file.',
      headers: { 'Content-Range': `bytes */${size}` },
    });
  }
  const chunks = tenant.bodies.read(body, wanted.start, wanted.end);
  if (chunks === undefined) {
    return refusals.itemNotFound('This practice tenant discards the bytes of files after hashing them.');
  }
  const headers: Record<string, string> = {
    'Content-Type': 'application/octet-stream',
    'Accept-Ranges': 'bytes',
    ETag: eTagOf(item),
  };
  if (range !== undefined) headers['Content-Range'] = `bytes ${wanted.start}-${wanted.end - 1}/${size}`;
  return {
    status: range === undefined ? 200 : 206,
    headers,
    bytes: { length: wanted.end - wanted.start, chunks },
  };
}

/** `bytes=a-b`, `bytes=a-` or `bytes=-n`; the end is excluded in the result. */
function rangeOf(range: string, size: number): { start: number; end: number } | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(range);
  if (match === null || (match[1] === '' && match[2] === '')) return undefined;
  const first = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const last = match[1] === '' || match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  return first > last ? undefined : { start: first, end: last + 1 };
}
