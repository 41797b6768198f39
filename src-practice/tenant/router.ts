import { type Call, decodeSegment } from './call.ts';
import { delta, deltaToken, isDelta } from './delta.ts';
import { redirectToContent } from './download.ts';
import type { Drive } from './drive.ts';
import type { DriveItem } from './drive-item.ts';
import { driveJson, listJson, siteJson } from './drive-json.ts';
import { createFolder, listChildren } from './folders.ts';
import { findItem, type ItemAddress, parseItemAddress } from './item-path.ts';
import { deleteItem, getItem, listVersions, patchItem } from './items.ts';
import { listMemberships } from './memberships.ts';
import { listDirectory, showDirectoryRecord } from './people.ts';
import { Refusal, type Reply, refusals, refuse } from './reply.ts';
import type { RequestKind } from './request-kind.ts';
import { sharedItem } from './shares.ts';
import { drivesOf, oneDriveOf, parseSiteAddress } from './sites.ts';
import { putContent } from './small-upload.ts';
import type { Tenant } from './tenant.ts';
import { commitFromSourceUrl } from './upload-commit.ts';
import { createUploadSession } from './upload-create.ts';

type Outcome = Reply | Refusal;

/** What a call asks for, and how it is answered. Nothing happens before `run`. */
export interface Route {
  readonly kind: RequestKind;
  readonly run: () => Outcome | Promise<Outcome>;
}

const route = (kind: RequestKind, run: Route['run']): Route => ({ kind, run });
const refused = (refusal: Refusal, kind: RequestKind = 'unknown'): Route => route(kind, () => refusal);

/** Finds out what a Graph call (below `/v1.0`) is for. */
export function routeOf(tenant: Tenant, call: Call): Route {
  const path = call.path.replace(/\/+$/, '');
  const [, first = '', tail = ''] = /^\/([^/]+)(?:\/(.*))?$/.exec(path) ?? [];
  switch (first) {
    case 'sites':
      return siteRoute(tenant, call, tail);
    case 'drives':
      return drivesRoute(tenant, call, tail);
    case 'users':
      return userRoute(tenant, call, tail);
    case 'me':
      return meRoute(tenant, call, tail);
    case 'groups':
      return groupRoute(tenant, call, tail);
    case 'shares':
      return shareRoute(tenant, call, tail);
    default:
      return refused(refuse(400, 'BadRequest', `Resource not found for the segment '${first}'.`));
  }
}

function siteRoute(tenant: Tenant, call: Call, tail: string): Route {
  if (call.method !== 'GET' && !/\/(?:drive|drives)(?:\/|$)/.test(tail)) return refused(notOffered(call));
  if (tail === '') {
    const sites = tenant.organisation.sites.filter((site) => !site.personal);
    return route('site', () => ({ status: 200, json: { value: sites.map(siteJson) } }));
  }
  const address = parseSiteAddress(tenant, tail);
  if (address instanceof Refusal) return refused(address, 'site');
  const { site, rest } = address;
  const drives = drivesOf(tenant, site);
  if (rest === '') return route('site', () => ({ status: 200, json: siteJson(site) }));
  if (rest === 'drives')
    return route('drives', () => ({ status: 200, json: { value: drives.map(driveJson) } }));
  if (rest === 'lists')
    return route('drives', () => ({ status: 200, json: { value: drives.map(listJson) } }));
  if (rest === 'sites') return route('site', () => ({ status: 200, json: { value: [] } }));
  const inDrive = /^(?:drive|drives\/([^/]+))(?:\/(.*))?$/.exec(rest);
  if (inDrive === null) return refused(notOffered(call));
  const [, id, below = ''] = inDrive;
  const drive = id === undefined ? drives[0] : drives.find((one) => one.facts.id === decodeURIComponent(id));
  return drive === undefined
    ? refused(refusals.itemNotFound(), 'drive')
    : driveRoute(tenant, call, drive, below);
}

function drivesRoute(tenant: Tenant, call: Call, tail: string): Route {
  const slash = tail.indexOf('/');
  const id = decodeSegment(slash < 0 ? tail : tail.slice(0, slash));
  if (id instanceof Refusal) return refused(id);
  const drive = tenant.drives.get(id);
  if (drive === undefined) return refused(refusals.itemNotFound('The drive could not be found.'), 'drive');
  return driveRoute(tenant, call, drive, slash < 0 ? '' : tail.slice(slash + 1));
}

function userRoute(tenant: Tenant, call: Call, tail: string): Route {
  const people = tenant.organisation.people.map((person) => ({ ...person }));
  if (tail === '') return route('users', () => listDirectory(call, 'users', people));
  const [first = '', ...rest] = tail.split('/');
  const key = decodeSegment(first);
  if (key instanceof Refusal) return refused(key);
  if (rest.length === 0) {
    const wanted = key.toLowerCase();
    const person = people.find((one) => one.id === wanted || one.userPrincipalName.toLowerCase() === wanted);
    return route('users', () => showDirectoryRecord(call, 'users', person));
  }
  return ownDriveRoute(tenant, call, key, rest.join('/'));
}

function meRoute(tenant: Tenant, call: Call, tail: string): Route {
  const { userId } = call.caller;
  if (userId === undefined) {
    return refused(
      refuse(400, 'BadRequest', '/me request is only valid with delegated authentication flow.'),
    );
  }
  if (tail === 'transitiveMemberOf' || tail === 'memberOf')
    return route('users', () => listMemberships(call));
  return userRoute(tenant, call, tail === '' ? userId : `${userId}/${tail}`);
}

function ownDriveRoute(tenant: Tenant, call: Call, user: string, rest: string): Route {
  const match = /^(drive|drives)(?:\/(.*))?$/.exec(rest);
  if (match === null) return refused(notOffered(call));
  const drive = oneDriveOf(tenant, user);
  if (drive instanceof Refusal) return refused(drive, 'drive');
  if (match[1] === 'drives')
    return route('drives', () => ({ status: 200, json: { value: [driveJson(drive)] } }));
  return driveRoute(tenant, call, drive, match[2] ?? '');
}

function groupRoute(tenant: Tenant, call: Call, tail: string): Route {
  const groups = tenant.organisation.groups.map((group) => ({ ...group }));
  if (tail === '') return route('groups', () => listDirectory(call, 'groups', groups));
  const group = groups.find((one) => one.id === tail.toLowerCase());
  return tail.includes('/')
    ? refused(notOffered(call))
    : route('groups', () => showDirectoryRecord(call, 'groups', group));
}

function shareRoute(tenant: Tenant, call: Call, tail: string): Route {
  const [encoded = '', what = '', ...rest] = tail.split('/');
  const shared = sharedItem(tenant, encoded);
  if (shared instanceof Refusal) return refused(shared, 'shares');
  if (what !== 'driveItem' && what !== 'root') return refused(notOffered(call));
  if (rest.length === 0) return route('shares', () => getItem(tenant, call, shared.drive, shared.item));
  return itemRoute(tenant, call, shared.drive, { base: shared.item, names: [], rest: rest.join('/') });
}

function driveRoute(tenant: Tenant, call: Call, drive: Drive, rest: string): Route {
  if (rest === '') return route('drive', () => ({ status: 200, json: driveJson(drive) }));
  if (rest === 'list') return route('list', () => ({ status: 200, json: listJson(drive) }));
  const address = parseItemAddress(drive, rest);
  if (address instanceof Refusal) return refused(address, kindHint(call, rest));
  return itemRoute(tenant, call, drive, address);
}

/** What a call on an item was meant for, also when its item is not there: it costs and counts the same. */
function kindHint(call: Call, rest: string): RequestKind {
  if (rest.endsWith('/children')) return call.method === 'POST' ? 'createFolder' : 'children';
  if (rest.endsWith('reateUploadSession')) return 'createUploadSession';
  if (rest.endsWith('/content')) return call.method === 'PUT' ? 'putContent' : 'content';
  if (rest.endsWith('/versions')) return 'versions';
  return call.method === 'PATCH' ? 'patch' : call.method === 'DELETE' ? 'delete' : 'item';
}

function itemRoute(tenant: Tenant, call: Call, drive: Drive, address: ItemAddress): Route {
  const withItem = (kind: RequestKind, run: (item: DriveItem) => Outcome | Promise<Outcome>): Route =>
    route(kind, () => {
      const item = findItem(drive, address);
      return item === undefined ? refusals.itemNotFound() : run(item);
    });
  const { rest } = address;
  if (isDelta(rest)) {
    const marked = deltaToken(call, rest) !== undefined;
    return withItem(marked ? 'delta' : 'deltaStart', (item) => delta(tenant, call, drive, item, rest));
  }
  switch (`${call.method} ${rest}`) {
    case 'GET ':
      return withItem('item', (item) => getItem(tenant, call, drive, item));
    case 'PATCH ':
      return withItem('patch', (item) => patchItem(tenant, call, drive, item));
    case 'DELETE ':
      return withItem('delete', (item) => deleteItem(call, drive, item));
    case 'PUT ':
      return route('uploadCommit', () => commitFromSourceUrl(tenant, call, drive, address));
    case 'GET children':
      return withItem('children', (item) => listChildren(tenant, call, drive, item));
    case 'POST children':
      return withItem('createFolder', (item) => createFolder(tenant, call, drive, item));
    case 'PUT content':
      return route('putContent', () => putContent(tenant, call, drive, address));
    case 'GET content':
      return withItem('content', (item) => redirectToContent(tenant, call, drive, item));
    case 'GET versions':
      return withItem('versions', listVersions);
    case 'POST createUploadSession':
    case 'POST microsoft.graph.createUploadSession':
      return route('createUploadSession', () => createUploadSession(tenant, call, drive, address));
    default:
      return refused(notOffered(call));
  }
}

function notOffered(call: Call): Refusal {
  return refusals.unsupported(`${call.method} ${call.path}`);
}
