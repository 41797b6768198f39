import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import { identityOfPart, opensSession, parseBatch, runBatch, type TakenBack } from './batch.ts';
import { type Call, type Caller, readBytes, readJson } from './call.ts';
import { bodyOf, brokenTenant, callerIsGone, cutInTheMiddle, type RequestIds, send } from './connection.ts';
import { download, isDownloadUrl } from './download.ts';
import type { Entra } from './entra/entra.ts';
import type { TokenCheck } from './entra/tokens.ts';
import { identityOf, makesChild } from './identity.ts';
import { type Arrival, type Operation, type Outcome, operate, retryAfterOf } from './operation.ts';
import { Refusal, refusals, replyOf } from './reply.ts';
import { routeOf } from './router.ts';
import {
  isSharePointPath,
  refusalOfToken,
  runRestBatch,
  sharePointAddress,
} from './sharepoint/rest-batch.ts';
import type { Tenant } from './tenant.ts';
import { dropSession, handleUploadUrl, isUploadUrl, missingSession, uploadKind } from './upload-url.ts';

/** Anything that answers requests below a path of its own. */
export type SideDoor = (
  req: IncomingMessage,
  res: ServerResponse,
  path: string,
  query: URLSearchParams,
) => Promise<void>;

/** A hundred updates of a list item are 100 KB. */
const LARGEST_REST_BATCH = 2 * 1024 * 1024;

const NOBODY: Caller = { appId: '' };

/** Takes every request of both listeners to where it belongs: control, upload URLs, Graph, sign-in. */
export function createFrontDoor(tenant: Tenant, entra: Entra, control: SideDoor) {
  return (req: IncomingMessage, res: ServerResponse): void => {
    const requestId = randomUUID();
    const ids = { requestId, clientRequestId: headerOf(req, 'client-request-id') ?? requestId };
    dispatch(tenant, entra, control, req, res, ids)
      .catch(async (error: unknown) => {
        if (callerIsGone(req, res)) return;
        const reply = replyOf(brokenTenant(error), ids, tenant.clock.now());
        if (res.headersSent) res.destroy();
        else await send(tenant, req, res, reply, ids);
      })
      .catch((error: unknown) => {
        // Not even that could be said: the connection ends, the tenant goes on.
        brokenTenant(error);
        res.destroy();
      });
  };
}

async function dispatch(
  tenant: Tenant,
  entra: Entra,
  control: SideDoor,
  req: IncomingMessage,
  res: ServerResponse,
  ids: RequestIds,
): Promise<void> {
  const url = req.url ?? '/';
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1));
  if (path.startsWith('/practice/')) return control(req, res, path, query);
  const graph = path.startsWith('/v1.0/');
  const rest = isSharePointPath(path);
  if (!graph && !rest && !isUploadUrl(path) && !isDownloadUrl(path)) {
    if (await entra.handle(req, res, new URL(url, originOf(req)))) {
      tenant.counters.signInRequests += 1;
      return;
    }
    await send(tenant, req, res, replyOf(refusals.itemNotFound(), ids, tenant.clock.now()), ids);
    return;
  }

  tenant.counters.httpRequests += 1;
  const arrival = { at: tenant.clock.now(), notBefore: tenant.pulse.readUpTo };
  const call: Call = {
    method: req.method ?? 'GET',
    path: graph ? path.slice('/v1.0'.length) : path,
    query,
    headers: headersOf(req),
    caller: NOBODY,
    origin: originOf(req),
    body: bodyOf(tenant, req),
  };
  const exchange: Exchange = { tenant, req, res, url, identity: url, arrival, ids };
  if (!graph && !rest) return preauthenticated(exchange, call);
  const token = entra.checkToken(headerOf(req, 'authorization'));
  if (rest) return sharePoint(exchange, call, token);
  if (!token.ok) {
    const refusal = new Refusal({
      status: 401,
      code: 'InvalidAuthenticationToken',
      message: `Access token is ${token.reason}.`,
      headers: { 'WWW-Authenticate': entra.challenge(token) },
    });
    return finish(exchange, await operate(tenant, refusedOperation(exchange, call, refusal)));
  }
  const caller: Caller =
    token.userId === undefined
      ? { appId: token.appId }
      : {
          ...{ appId: token.appId, userId: token.userId, permissions: token.permissions },
          roles: entra.rolesOf(token.userId),
        };
  const known: Call = { ...call, caller };
  if (known.path === '/$batch') return batched(exchange, known);
  if (makesChild(known.method, known.path)) return named(exchange, known);
  return routed(exchange, known);
}

async function routed(exchange: Exchange, call: Call): Promise<void> {
  const { kind, run } = routeOf(exchange.tenant, call);
  return finish(exchange, await operate(exchange.tenant, operationOf(exchange, call, kind, run)));
}

/** An operation that is known by a name in its body: that is read first. */
async function named(exchange: Exchange, call: Call): Promise<void> {
  const { tenant, url } = exchange;
  const json = await readJson(call);
  if (json instanceof Refusal) {
    return finish(
      exchange,
      await operate(
        tenant,
        operationOf(exchange, call, 'createFolder', () => json),
      ),
    );
  }
  const bytes = Buffer.from(JSON.stringify(json.value));
  const body = {
    length: bytes.length,
    chunks: async function* () {
      yield bytes;
    },
  };
  const identity = identityOf(call.method, url, json.value);
  return routed({ ...exchange, identity }, { ...call, body });
}

/** One request and all that its answer needs. */
interface Exchange {
  readonly tenant: Tenant;
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly url: string;
  readonly identity: string;
  readonly arrival: Arrival;
  readonly ids: RequestIds;
}

function operationOf(
  { url, identity, arrival, ids }: Exchange,
  call: Call,
  kind: Operation['kind'],
  run: Operation['run'],
): Operation {
  return {
    ...{ kind, call, url, identity, arrival, run },
    part: false,
    opensSession: kind === 'createUploadSession',
    requestId: ids.requestId,
  };
}

function refusedOperation(exchange: Exchange, call: Call, refusal: Refusal): Operation {
  return { ...operationOf(exchange, call, 'unknown', () => refusal), refusedAlready: refusal };
}

/** Upload and download URLs: whoever has them may use them. */
async function preauthenticated(exchange: Exchange, call: Call): Promise<void> {
  const { tenant, req } = exchange;
  if (isDownloadUrl(call.path)) {
    const run: Operation['run'] = () => download(tenant, call.query, call.headers['range']);
    return finish(exchange, await operate(tenant, operationOf(exchange, call, 'download', run)));
  }
  if (headerOf(req, 'authorization') !== undefined) tenant.counters.authorizationOnUploadUrl += 1;
  const kind = uploadKind(call.method);
  const lookup = tenant.sessions.findByQuery(call.query);
  const session = lookup.found;
  if (session === undefined) {
    const refusal = missingSession(tenant, lookup, call.method);
    const operation = { ...operationOf(exchange, call, kind, () => refusal), refusedAlready: refusal };
    return finish(exchange, await operate(tenant, operation));
  }
  const known: Call = { ...call, caller: { appId: session.appId } };
  const operation: Operation = {
    ...operationOf(exchange, known, kind, () => handleUploadUrl(tenant, session, known)),
    loseSession: () => dropSession(tenant, session, 'vanished'),
  };
  return finish(exchange, await operate(tenant, operation));
}

/** SharePoint's own REST, of which there is a batch of updates and nothing else. */
async function sharePoint(exchange: Exchange, call: Call, token: TokenCheck): Promise<void> {
  const { tenant } = exchange;
  const address = sharePointAddress(tenant, call.path.slice('/sharepoint/'.length));
  const refused = address && refusalOfToken(address.site, token);
  const caller: Caller = token.ok ? { appId: token.appId } : NOBODY;
  let takenBack: readonly TakenBack[] = [];
  const run: Operation['run'] = async () => {
    if (address === undefined || address.rest !== '/_api/$batch' || call.method !== 'POST') {
      return refusals.unsupported(`${call.method} ${call.path}`);
    }
    if (refused !== undefined) return refused;
    const bytes = await readBytes(call.body, LARGEST_REST_BATCH);
    if (bytes instanceof Refusal) return bytes;
    const done = await runRestBatch(tenant, { ...call, caller }, address.site, bytes.toString('utf8'));
    takenBack = done.takenBack;
    return done.reply;
  };
  const outcome = await operate(tenant, operationOf(exchange, { ...call, caller }, 'restBatch', run));
  return finish(exchange, outcome, takenBack);
}

async function batched(exchange: Exchange, call: Call): Promise<void> {
  const { tenant, arrival } = exchange;
  const json = await readJson(call);
  const parts = json instanceof Refusal ? json : parseBatch(json.value);
  if (parts instanceof Refusal || call.method !== 'POST') {
    const refusal = parts instanceof Refusal ? parts : refusals.unsupported(`${call.method} /$batch`);
    return finish(
      exchange,
      await operate(
        tenant,
        operationOf(exchange, call, 'batch', () => refusal),
      ),
    );
  }
  for (const part of parts) {
    tenant.counters.watchPatience(part.method, identityOfPart(part), arrival.at, arrival.notBefore);
  }
  let takenBack: readonly TakenBack[] = [];
  const operation: Operation = {
    ...operationOf(exchange, call, 'batch', async () => {
      const done = await runBatch(tenant, call, parts);
      takenBack = done.takenBack;
      return done.reply;
    }),
    arrival: undefined,
    opensSession: parts.some(opensSession),
  };
  const outcome = await operate(tenant, operation);
  const seconds = retryAfterOf(outcome.reply);
  // A batch that is refused whole takes back all its parts.
  if (seconds !== undefined) {
    takenBack = parts.map((part) => ({ method: part.method, identity: identityOfPart(part), seconds }));
  }
  return finish(exchange, outcome, takenBack);
}

/** Sends the answer, or breaks the connection; notes when a caller was told to wait. */
async function finish(
  { tenant, req, res, identity, ids }: Exchange,
  outcome: Outcome,
  parts: readonly TakenBack[] = [],
): Promise<void> {
  if (outcome.cut === 'before') return cutInTheMiddle(tenant, req);
  if (outcome.cut === 'after') {
    req.socket.destroy();
    return;
  }
  const sentAt = await send(tenant, req, res, outcome.reply, ids);
  const when = { sentAt, flushedAt: tenant.clock.now() };
  const seconds = retryAfterOf(outcome.reply);
  if (seconds !== undefined) tenant.counters.toldToWait(req.method ?? 'GET', identity, seconds, when);
  for (const part of parts) tenant.counters.toldToWait(part.method, part.identity, part.seconds, when);
  const longest = Math.max(seconds ?? 0, ...parts.map((part) => part.seconds));
  if (longest > 0) tenant.pulse.watch(when.flushedAt + longest * 1000);
}

function originOf(req: IncomingMessage): string {
  const scheme = req.socket instanceof TLSSocket ? 'https' : 'http';
  return `${scheme}://${req.headers.host ?? '127.0.0.1'}`;
}

function headerOf(req: IncomingMessage, name: string): string | undefined {
  const value = req.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

function headersOf(req: IncomingMessage): Record<string, string | undefined> {
  const headers: Record<string, string | undefined> = {};
  for (const name of Object.keys(req.headers)) headers[name] = headerOf(req, name);
  return headers;
}
