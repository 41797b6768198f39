import { randomUUID } from 'node:crypto';
import type { TakenBack } from '../batch.ts';
import type { Call } from '../call.ts';
import type { Site } from '../contoso.ts';
import type { Drive } from '../drive.ts';
import type { DriveItem } from '../drive-item.ts';
import type { TokenCheck } from '../entra/tokens.ts';
import { listItemIdOf } from '../ids.ts';
import { operate, retryAfterOf } from '../operation.ts';
import type { Reply } from '../reply.ts';
import type { Tenant } from '../tenant.ts';
import { parseRestBatch, type RestAnswer, type RestPart, restBatchAnswer } from './multipart.ts';
import { restError, updateListItem } from './update-list-item.ts';

/** Operations of one change set; Microsoft states no figure that could be confirmed, clients keep to this one. */
const MOST_PARTS = 100;
const UPDATE = /\/_api\/web\/lists\(guid'([0-9a-f-]{36})'\)\/items\((\d{1,10})\)\/validateupdatelistitem$/i;

/** What is behind an address of SharePoint's own host: `/sharepoint/<host>/<site>/_api/...` here, `https://<host>/<site>/_api/...` there. */
export interface SharePointAddress {
  readonly site: Site;
  /** From `/_api` on. */
  readonly rest: string;
}

export function isSharePointPath(path: string): boolean {
  return path.startsWith('/sharepoint/');
}

/** The site that an address belongs to, by host and path; undefined when there is none. */
export function sharePointAddress(tenant: Tenant, hostAndPath: string): SharePointAddress | undefined {
  const [at, rest] = hostAndPath.split(/(?=\/_api\/)/, 2);
  const wanted = decodeURIComponent(at ?? '')
    .replace(/\/+$/, '')
    .toLowerCase();
  const site = tenant.organisation.sites.find(
    ({ host, path }) => (path === '' ? host : `${host}/${path}`).toLowerCase() === wanted,
  );
  return site === undefined || rest === undefined ? undefined : { site, rest };
}

/**
 * Whether a token opens SharePoint's REST: it has to be made for that very host, and an application by itself must have proved who it is with a
 * certificate ("Granting access via Azure AD App-Only"). Undefined: it does.
 */
export function refusalOfToken(site: Site, token: TokenCheck): RestAnswer | undefined {
  const code = '-2147024891, System.UnauthorizedAccessException';
  if (!token.ok) return restError(401, code, `Access token is ${token.reason}.`);
  if (token.audience !== `https://${site.host}`) return restError(401, code, 'Invalid audience.');
  if (token.userId === undefined && !token.byCertificate) {
    return restError(401, code, 'Unsupported app only token.');
  }
  if (token.permissions.some((permission) => /FullControl/.test(permission))) return undefined;
  return restError(403, code, 'Attempted to perform an unauthorized operation.');
}

/** Does the requests of a batch one by one and answers them in their order. */
export async function runRestBatch(
  tenant: Tenant,
  call: Call,
  site: Site,
  text: string,
): Promise<{ readonly reply: Reply; readonly takenBack: readonly TakenBack[] }> {
  const parts = parseRestBatch(call.headers['content-type'] ?? '', text);
  if (parts === undefined || parts.length === 0 || parts.length > MOST_PARTS) {
    const refused = restError(400, '-1, Microsoft.OData.Core.ODataException', 'The batch cannot be read.');
    return { reply: refused, takenBack: [] };
  }
  const takenBack: TakenBack[] = [];
  const answers: RestAnswer[] = [];
  for (const part of parts) answers.push(await runPart(tenant, call, site, part, takenBack));
  const boundary = `batchresponse_${randomUUID()}`;
  const bytes = Buffer.from(restBatchAnswer(boundary, answers));
  const chunks = async function* () {
    yield bytes;
  };
  const headers = { 'Content-Type': `multipart/mixed; boundary=${boundary}` };
  return { reply: { status: 200, headers, bytes: { length: bytes.length, chunks: chunks() } }, takenBack };
}

async function runPart(
  tenant: Tenant,
  batch: Call,
  site: Site,
  part: RestPart,
  takenBack: TakenBack[],
): Promise<RestAnswer> {
  const bytes = Buffer.from(part.body);
  const body = {
    length: bytes.length,
    chunks: async function* () {
      yield bytes;
    },
  };
  const { method, url, headers } = part;
  const outcome = await operate(tenant, {
    ...{ kind: 'listItemUpdate', url, identity: url, part: true, arrival: undefined, opensSession: false },
    call: { ...batch, method, path: url, query: new URLSearchParams(), headers, body },
    requestId: randomUUID(),
    run: () => update(tenant, site, part),
  });
  const seconds = retryAfterOf(outcome.reply);
  if (seconds !== undefined) takenBack.push({ method, identity: url, seconds });
  const { status, headers: told = {}, json = null } = outcome.reply;
  return { status, headers: told, json };
}

function update(tenant: Tenant, site: Site, { method, url, body }: RestPart): RestAnswer {
  const [, listId, number] = UPDATE.exec(url) ?? [];
  const notHere = `https://${site.path === '' ? site.host : `${site.host}/${site.path}`}/`;
  if (method !== 'POST' || listId === undefined || !url.toLowerCase().startsWith(notHere.toLowerCase())) {
    const message = 'The practice tenant offers ValidateUpdateListItem and nothing else of REST.';
    return restError(501, '-1, System.NotImplementedException', message);
  }
  const drive = site.drives
    .map(({ id }) => tenant.drives.get(id))
    .find((one) => one?.facts.listId === listId);
  const item = drive && listItem(drive, Number(number));
  if (drive === undefined || item === undefined) {
    const message = 'Item does not exist. It may have been deleted by another user.';
    return restError(404, '-2130575338, System.ArgumentException', message);
  }
  return updateListItem(tenant, drive, item, jsonOf(body));
}

/** Items by their number in the list; made when one is asked for that is not in it yet. */
const numbers = new WeakMap<Drive, Map<number, DriveItem>>();

function listItem(drive: Drive, number: number): DriveItem | undefined {
  const known = numbers.get(drive)?.get(number);
  if (known !== undefined) return known.deleted ? undefined : known;
  const all = new Map([...drive.all()].map((item) => [listItemIdOf(item.guid), item]));
  numbers.set(drive, all);
  const found = all.get(number);
  return found?.deleted === true ? undefined : found;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
