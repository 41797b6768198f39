import { actorOf, type Call, readJson } from './call.ts';
import type { Drive } from './drive.ts';
import { type DriveItem, isFolder } from './drive-item.ts';
import { itemJson, selectOf } from './item-json.ts';
import { nameKey } from './name-key.ts';
import { checkPlace, freeName } from './naming.ts';
import { Refusal, type Reply, refusals } from './reply.ts';
import { behaviorOf, folderRequestSchema, parseBody, timesOf } from './request-schemas.ts';
import type { Tenant } from './tenant.ts';

const DEFAULT_PAGE = 200;
const LARGEST_PAGE = 1000;

/** `POST .../children`: a new folder, with its times if they are given. */
export async function createFolder(
  tenant: Tenant,
  call: Call,
  drive: Drive,
  parent: DriveItem,
): Promise<Reply | Refusal> {
  const json = await readJson(call);
  if (json instanceof Refusal) return json;
  const request = parseBody(folderRequestSchema, json.value);
  if (request instanceof Refusal) return request;
  if (!isFolder(parent)) return refusals.invalid('The parent is not a folder.');
  const refusal = checkPlace(drive, parent, request.name, true);
  if (refusal !== undefined) return refusal;
  const show = (item: DriveItem, status: number): Reply => {
    const view = { origin: call.origin, select: undefined };
    return { status, json: { ...entityContext(call, drive), ...itemJson(tenant, drive, item, view) } };
  };
  const existing = drive.child(parent, request.name);
  const behavior = behaviorOf(request) ?? 'fail';
  if (existing !== undefined && behavior !== 'rename') {
    // Observed: "replace" leaves an existing folder and all that is in it alone and answers 200.
    return behavior === 'replace' && isFolder(existing) ? show(existing, 200) : refusals.nameTaken();
  }
  const name = existing === undefined ? request.name : freeName(drive, parent, request.name, true);
  const actor = actorOf(tenant, call.caller);
  return show(drive.addFolder(parent, name, timesOf(request.fileSystemInfo), actor), 201);
}

/** `GET .../children`: by name, in pages. */
export function listChildren(tenant: Tenant, call: Call, drive: Drive, folder: DriveItem): Reply | Refusal {
  const top = pageSize(call.query);
  if (top instanceof Refusal) return top;
  const all = drive.children(folder);
  const from = startOfPage(all, call.query.get('$skiptoken'));
  const page = all.slice(from, from + top);
  const view = { origin: call.origin, select: selectOf(call.query) };
  const last = page.at(-1);
  const more = from + page.length < all.length && last !== undefined;
  return {
    status: 200,
    json: {
      '@odata.context': `${call.origin}/v1.0/$metadata#drives('${drive.facts.id}')/items('${folder.id}')/children`,
      ...(more ? { '@odata.nextLink': nextLink(call, last.name) } : {}),
      value: page.map((item) => itemJson(tenant, drive, item, view)),
    },
  };
}

export function entityContext(call: Call, drive: Drive): Record<string, string> {
  return { '@odata.context': `${call.origin}/v1.0/$metadata#drives('${drive.facts.id}')/items/$entity` };
}

/** `$top`: 200 when absent, never more than 1000. */
export function pageSize(query: URLSearchParams): number | Refusal {
  const text = query.get('$top') ?? query.get('top');
  if (text === null) return DEFAULT_PAGE;
  const top = Number(text);
  if (!Number.isInteger(top) || top < 1) return refusals.invalid('The value of $top is not valid.');
  return Math.min(top, LARGEST_PAGE);
}

function nextLink(call: Call, lastName: string): string {
  const query = new URLSearchParams(call.query);
  query.set('$skiptoken', Buffer.from(lastName).toString('base64url'));
  return `${call.origin}/v1.0${call.path}?${query}`;
}

/** First child after the one that a token names, which may be gone by now: pages lose and repeat nothing else. */
function startOfPage(all: readonly DriveItem[], token: string | null): number {
  if (token === null) return 0;
  const last = nameKey(Buffer.from(token, 'base64url').toString('utf8'));
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (nameKey(all[middle]?.name ?? '') > last) high = middle;
    else low = middle + 1;
  }
  return low;
}
