import type { Call } from './call.ts';
import { type Refusal, type Reply, refusals, refuse } from './reply.ts';
import type { RequestKind } from './request-kind.ts';
import type { Tenant } from './tenant.ts';
import { commitUpload } from './upload-commit.ts';
import { putFragment, sessionState } from './upload-fragment.ts';
import type { SessionLookup, UploadSession } from './upload-session.ts';

/** Whether a path is that of an upload URL. */
export function isUploadUrl(path: string): boolean {
  return path.endsWith('/uploadSession') && path.includes('/_api/v2.0/drives/');
}

export function uploadKind(method: string): RequestKind {
  switch (method) {
    case 'PUT':
      return 'fragment';
    case 'GET':
      return 'uploadStatus';
    case 'DELETE':
      return 'uploadCancel';
    case 'POST':
      return 'uploadCommit';
    default:
      return 'unknown';
  }
}

/** The answer to a URL whose session is no longer there. */
export function missingSession(tenant: Tenant, lookup: SessionLookup, method: string): Refusal {
  if (lookup.found === undefined && lookup.wasCompleted && method === 'PUT') {
    tenant.counters.fragmentsSentTwice += 1;
  }
  return lookup.found === undefined && lookup.urlEnded
    ? refuse(401, 'unauthenticated', 'The upload URL has expired.', 'expiredToken')
    : refusals.sessionGone();
}

/** All that can be asked of an upload URL. */
export async function handleUploadUrl(
  tenant: Tenant,
  session: UploadSession,
  call: Call,
): Promise<Reply | Refusal> {
  switch (call.method) {
    case 'PUT':
      return putFragment(tenant, session, call);
    case 'GET':
      return { status: 200, json: sessionState(session) };
    case 'POST':
      return commitUpload(tenant, session, call.origin);
    case 'DELETE':
      await dropSession(tenant, session, 'cancelled');
      return { status: 204 };
    default:
      return refuse(405, 'invalidRequest', 'The method is not allowed on an upload URL.');
  }
}

/** Ends a session whose bytes are of no more use; a fragment that is still coming is not stored. */
export async function dropSession(
  tenant: Tenant,
  session: UploadSession,
  end: 'cancelled' | 'vanished',
): Promise<void> {
  session.attempt += 1;
  tenant.sessions.end(session, end);
  await session.sink?.abandon();
}
