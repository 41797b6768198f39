import { actorOf, type Call, readJson } from './call.ts';
import { graphTime } from './clock.ts';
import { ContentHasher } from './content-hasher.ts';
import type { Drive } from './drive.ts';
import { isFolder } from './drive-item.ts';
import type { ItemAddress } from './item-path.ts';
import { checkConditions, type FilePlace, filePlace } from './places.ts';
import { Refusal, type Reply, refusals } from './reply.ts';
import { behaviorOf, parseBody, sessionRequestSchema, timesOf } from './request-schemas.ts';
import type { Tenant } from './tenant.ts';
import { type ConflictBehavior, recordOf, type UploadSession } from './upload-session.ts';

/** `POST .../createUploadSession`. */
export async function createUploadSession(
  tenant: Tenant,
  call: Call,
  drive: Drive,
  address: ItemAddress,
): Promise<Reply | Refusal> {
  const json = await readJson(call);
  if (json instanceof Refusal) return json;
  const request = parseBody(sessionRequestSchema, json.value);
  if (request instanceof Refusal) return request;
  const actor = actorOf(tenant, call.caller);
  const place = filePlace(drive, address, actor);
  if (place instanceof Refusal) return place;
  const { item } = request;
  if (typeof item?.name === 'string' && item.name !== place.name) {
    return refusals.invalid('The name in the request does not match the name in the URL.');
  }
  const behavior = behaviorOf(item ?? {}) ?? tenant.options.sessionConflictDefault;
  const refusal = refusedPlace(tenant, call, drive, place, behavior);
  if (refusal !== undefined) return refusal;
  if ((item?.fileSize ?? 0) > drive.remainingBytes()) return refusals.quotaReached();

  const now = tenant.clock.now();
  const session: UploadSession = {
    guid: tenant.newGuid(),
    token: tenant.newGuid().replaceAll('-', ''),
    drive,
    parent: place.parent,
    name: place.name,
    target: place.target,
    behavior,
    times: timesOf(item?.fileSystemInfo),
    deferCommit: request.deferCommit === true,
    ifMatch: call.headers['if-match'],
    appId: call.caller.appId,
    actor,
    openedAt: now,
    expiresAt: now + tenant.options.sessionMinutes * 60_000,
    total: undefined,
    received: 0,
    hasher: new ContentHasher(tenant.options.sha256),
    sink: undefined,
    misaligned: false,
    attempt: 0,
    hadBefore: tenant.sessions.givenUpAt(place.parent, place.name),
  };
  tenant.sessions.add(session);
  tenant.record(recordOf(session));
  tenant.counters.sessionsOpened += 1;
  return {
    status: 200,
    json: {
      '@odata.context': `${call.origin}/v1.0/$metadata#microsoft.graph.uploadSession`,
      uploadUrl: uploadUrl(session, call.origin),
      expirationDateTime: graphTime(session.expiresAt),
      nextExpectedRanges: ['0-'],
    },
  };
}

function refusedPlace(
  tenant: Tenant,
  call: Call,
  drive: Drive,
  { parent, name, target }: FilePlace,
  behavior: ConflictBehavior,
): Refusal | undefined {
  const existing = target ?? drive.child(parent, name);
  const condition = checkConditions(call.headers, existing);
  if (condition !== undefined) return condition;
  // An unfinished session blocks its name on SharePoint, whatever the conflict behaviour (onedrive-api-docs #747, #989).
  if (tenant.sessions.blocking(parent, name) !== undefined) return refusals.nameTaken();
  if (existing === undefined) return undefined;
  if (isFolder(existing) && behavior !== 'rename') return refusals.nameTaken();
  if (target === undefined && behavior === 'fail') return refusals.nameTaken();
  return existing.lockedBy !== undefined && behavior !== 'rename' ? refusals.locked() : undefined;
}

/** The address of a session, in the shape that SharePoint gives it. Whoever has it may upload. */
function uploadUrl(session: UploadSession, origin: string): string {
  const { drive, guid, token, behavior, parent, deferCommit } = session;
  const site = drive.facts.path.split('/').slice(0, -1).map(encodeURIComponent);
  const path = ['', ...site, '_api', 'v2.0', 'drives', drive.facts.id, 'items', parent.id, 'uploadSession'];
  const flags = `overwrite=${behavior === 'replace' ? 'True' : 'False'}&rename=${behavior === 'rename' ? 'True' : 'False'}`;
  return `${origin}${path.join('/')}?guid='${guid}'&${flags}&dc=${deferCommit ? 1 : 0}&tempauth=v1.${token}`;
}
