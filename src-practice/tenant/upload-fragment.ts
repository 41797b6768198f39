import type { Call } from './call.ts';
import { graphTime } from './clock.ts';
import { Refusal, type Reply, refusals, refuse } from './reply.ts';
import type { Tenant } from './tenant.ts';
import { commitUpload } from './upload-commit.ts';
import { recordOf, type UploadSession } from './upload-session.ts';

/** Fragments but the last are to be multiples of this (createUploadSession page). */
export const FRAGMENT_UNIT = 320 * 1024;
/** "The maximum bytes in any given request is less than 60 MiB" (same page). */
const FRAGMENT_LIMIT = 60 * 1024 * 1024;
const LARGEST_FILE = 250 * 1024 ** 3;

interface Fragment {
  readonly start: number;
  /** Excluded. */
  readonly end: number;
  readonly total: number;
}

/** `PUT uploadUrl`: takes one fragment, and commits the file with the last. */
export async function putFragment(
  tenant: Tenant,
  session: UploadSession,
  call: Call,
): Promise<Reply | Refusal> {
  const fragment = fragmentOf(call);
  if (fragment instanceof Refusal) return fragment;
  countRepeats(tenant, session, fragment);
  const refusal = judgeFragment(session, fragment);
  if (refusal !== undefined) return refusal;

  const { start, end, total } = fragment;
  session.attempt += 1;
  const attempt = session.attempt;
  session.sink ??= tenant.bodies.sink(session.guid, total);
  const sink = session.sink;
  sink.rewind(start);
  // A fragment counts whole or not at all: the hash goes on from a copy until the last byte is here.
  const before = session.hasher;
  const hasher = before.copy();
  let at = start;
  for await (const chunk of call.body.chunks()) {
    // A later try of the caller has overtaken this one, whose connection has not yet noticed its end.
    if (session.attempt !== attempt) return outOfOrder('fragmentOutOfOrder');
    if (at + chunk.length > end) return lengthMismatch();
    hasher.update(chunk);
    const writing = sink.write(chunk, at);
    at += chunk.length;
    if (writing !== undefined) await writing;
  }
  if (at !== end) return lengthMismatch();
  await sink.settle();
  if (session.attempt !== attempt) return outOfOrder('fragmentOutOfOrder');

  session.total = total;
  session.received = end;
  session.hasher = hasher;
  session.expiresAt = tenant.clock.now() + tenant.options.sessionMinutes * 60_000;
  if (end < total && (end - start) % FRAGMENT_UNIT !== 0) session.misaligned = true;
  if (end < total || session.deferCommit) {
    tenant.record(recordOf(session));
    return { status: 202, json: sessionState(session) };
  }
  const outcome = await commitUpload(tenant, session, call.origin);
  if (outcome instanceof Refusal && outcome.details.code !== 'nameAlreadyExists') {
    // "If a fragment fails, all bytes of it are dropped": it may come again. Only a taken name keeps them.
    session.received = start;
    session.hasher = before;
  } else if (outcome instanceof Refusal) tenant.record(recordOf(session));
  return outcome;
}

/** `GET uploadUrl`, and the answer to a fragment that is not the last. */
export function sessionState(session: UploadSession): unknown {
  const done = session.total !== undefined && session.received >= session.total;
  return {
    expirationDateTime: graphTime(session.expiresAt),
    nextExpectedRanges: done ? [] : [`${session.received}-`],
  };
}

function fragmentOf(call: Call): Fragment | Refusal {
  const match = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(call.headers['content-range'] ?? '');
  if (match === null) return refusals.invalid('The Content-Range header is missing or malformed.');
  const start = Number(match[1]);
  const end = Number(match[2]) + 1;
  const total = Number(match[3]);
  if (end <= start || end > total) return outOfOrder('invalidRange');
  if (total > LARGEST_FILE) return refusals.invalid('The file is too large.', 'maxFileSizeExceeded');
  if (end - start >= FRAGMENT_LIMIT) {
    return refusals.invalid('The fragment is too large.', 'maxFragmentLengthExceeded');
  }
  if (call.body.length !== undefined && call.body.length !== end - start) return lengthMismatch();
  return { start, end, total };
}

function judgeFragment(session: UploadSession, { start, end, total }: Fragment): Refusal | undefined {
  if (session.total !== undefined && session.total !== total) {
    return refusals.invalid('The total length differs from that of the fragments before.');
  }
  if (start < session.received) return outOfOrder('fragmentOverlap');
  if (start > session.received) return outOfOrder('fragmentOutOfOrder');
  const { drive } = session;
  if (total > drive.remainingBytes()) return refusals.quotaReached();
  if (end < total) return undefined;
  const existing = session.target ?? drive.child(session.parent, session.name);
  return existing?.lockedBy !== undefined && session.behavior !== 'rename' ? refusals.locked() : undefined;
}

/** Bytes that are here already, or were here when the caller cancelled an earlier session for the name. */
function countRepeats(tenant: Tenant, session: UploadSession, { start, end }: Fragment): void {
  const known = Math.max(session.received, session.hadBefore);
  const again = Math.min(end, known) - start;
  if (again <= 0) return;
  tenant.counters.fragmentsSentTwice += 1;
  tenant.counters.bytesSentTwice += again;
}

function outOfOrder(inner: string): Refusal {
  return refuse(416, 'invalidRange', 'Optimistic concurrency failure during fragmented upload', inner);
}

function lengthMismatch(): Refusal {
  return refusals.invalid(
    'The Content-Range header length does not match the provided number of bytes.',
    'fragmentLengthMismatch',
  );
}
