import { actorOf, type Call, readJson } from './call.ts';
import type { Drive } from './drive.ts';
import { isFolder } from './drive-item.ts';
import { itemJson } from './item-json.ts';
import { findItem, type ItemAddress } from './item-path.ts';
import { checkPlace } from './naming.ts';
import { Refusal, type Reply, refusals } from './reply.ts';
import { behaviorOf, parseBody, sourceUrlRequestSchema } from './request-schemas.ts';
import { type Arrival, judge, storeContent } from './store-content.ts';
import type { Tenant } from './tenant.ts';
import type { UploadSession } from './upload-session.ts';

/** Turns a session whose bytes are all here into a file: by the last fragment, or by `POST uploadUrl`. */
export async function commitUpload(
  tenant: Tenant,
  session: UploadSession,
  origin: string,
  elsewhere: Partial<Pick<Arrival, 'parent' | 'name' | 'behavior' | 'target'>> = {},
): Promise<Reply | Refusal> {
  const { drive, parent, name, target, behavior, times, ifMatch, actor, hasher } = session;
  if (session.total === undefined || session.received < session.total) {
    return refusals.invalid('Bytes of the file are still missing.', 'uploadSessionIncomplete');
  }
  if (session.misaligned) {
    // The docs only say that such sizes "will result in errors committing some files": here, all of them.
    tenant.sessions.end(session, 'vanished');
    await session.sink?.abandon();
    return refusals.invalid('A fragment was not a multiple of 320 KiB.', 'uploadSessionFailed');
  }
  const sink = session.sink ?? tenant.bodies.sink(session.guid, session.total);
  const arrival: Arrival = {
    ...{ drive, parent, name, target, behavior, times, ifMatch, actor, hasher, sink },
    ...elsewhere,
  };
  const refusal = judge(arrival);
  if (refusal instanceof Refusal) return refusal;
  tenant.sessions.end(session, 'completed');
  const stored = await storeContent(tenant, arrival);
  if (stored instanceof Refusal) return stored;
  const item = itemJson(tenant, drive, stored.item, { origin, select: undefined });
  return {
    status: stored.created ? 201 : 200,
    json: { '@odata.context': `${origin}/v1.0/$metadata#items/$entity`, ...item },
  };
}

/**
 * `PUT .../root:/{parent}` with `@microsoft.graph.sourceUrl`: commits under another name or behaviour after the
 * last fragment met 409.
 */
export async function commitFromSourceUrl(
  tenant: Tenant,
  call: Call,
  drive: Drive,
  address: ItemAddress,
): Promise<Reply | Refusal> {
  const json = await readJson(call);
  if (json instanceof Refusal) return json;
  const request = parseBody(sourceUrlRequestSchema, json.value);
  if (request instanceof Refusal) return request;
  const parent = findItem(drive, address);
  if (parent === undefined) return refusals.itemNotFound();
  if (!isFolder(parent)) return refusals.invalid('The parent is not a folder.');
  if (!URL.canParse(request['@microsoft.graph.sourceUrl']))
    return refusals.invalid('The sourceUrl is not a URL.');
  const lookup = tenant.sessions.findByQuery(new URL(request['@microsoft.graph.sourceUrl']).searchParams);
  const session = lookup.found;
  if (session === undefined || session.drive !== drive) return refusals.sessionGone();
  const refusal = checkPlace(drive, parent, request.name, false);
  if (refusal !== undefined) return refusal;
  if (session.actor.id !== actorOf(tenant, call.caller).id) return refusals.sessionGone();
  const behavior = behaviorOf(request) ?? session.behavior;
  return commitUpload(tenant, session, call.origin, {
    parent,
    name: request.name,
    behavior,
    target: undefined,
  });
}
