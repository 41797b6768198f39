import { z } from 'zod';
import { failed, ok, type Problem, type Result } from '../../../src-shared/model/problem.ts';
import { isRewrittenKind } from '../../../src-shared/rules/rewritten.ts';
import type { CallOptions, Fragment, RemoteItem, Sent, UploadSession } from '../destination.ts';
import { type Answer, bodyOf, errorOf, isSuccess } from './answer.ts';
import { type DriveLink, findChild, itemOf } from './drive-link.ts';
import { isFile, toRemoteItem, wholeSeconds } from './items.ts';
import { units } from './meter.ts';
import { hasCode, problemOfFile, type ServiceError } from './service-error.ts';
import { prolonged, type Ticket, ticketOf } from './session-token.ts';

const stateSchema = z.object({
  expirationDateTime: z.iso
    .datetime({ offset: true })
    .transform((text) => Date.parse(text))
    .optional(),
  nextExpectedRanges: z.array(z.string()).default([]),
});

/**
 * Sends one fragment. A refusal or a lost answer never leads to a blind second try: the session is asked where it
 * stands, since bytes that arrived are not to be sent twice and a file that is complete has no session any more.
 */
export async function sendFragment(
  link: DriveLink,
  session: UploadSession,
  fragment: Fragment,
  options: CallOptions,
): Promise<Result<Sent>> {
  const ticket = ticketOf(session);
  const patience = link.uploads.patience(options);
  const { offset, total, bytes, hash } = fragment;
  const end = offset + bytes.length;
  const complete = end === total ? { size: total, hash } : undefined;
  const headers = { 'content-range': `bytes ${offset}-${end - 1}/${total}` };
  const request = { method: 'PUT', url: ticket.url, body: bytes, headers, units: units.fragment } as const;
  for (;;) {
    const attempt = await link.uploads.once(request, options);
    if (attempt.kind === 'problem') return { ok: false, problem: attempt.problem };
    let trouble: Problem;
    if (attempt.kind === 'trouble') {
      trouble = { ...attempt.problem, where: ticket.name };
      const problem = await patience.wait(attempt.trouble, trouble);
      if (problem !== undefined) return { ok: false, problem };
    } else {
      const { answer } = attempt;
      if (answer.status === 202) return stateOf(session, answer, end);
      if (isSuccess(answer)) return finished(ticket, answer);
      const error = errorOf(answer);
      if (isGone(error)) return recognise(link, ticket, complete, options);
      if (error.status !== 416) return refused(link, session, error, options);
      trouble = problemOfFile(error, ticket.name);
    }
    const state = await askState(link, session, complete, options);
    if (!state.ok || state.value.done || state.value.next !== offset) return state;
    if (attempt.kind === 'answer') {
      // It wants just what it has refused: a replica lags behind.
      const problem = await patience.wait('service-error', trouble);
      if (problem !== undefined) return { ok: false, problem };
    }
  }
}

/** Where a session stands; if it is gone and `complete` says what the file must be, whether it is there. */
export async function askState(
  link: DriveLink,
  session: UploadSession,
  complete: Complete | undefined,
  options: CallOptions,
): Promise<Result<Sent>> {
  const ticket = ticketOf(session);
  const answer = await link.uploads.call({ method: 'GET', url: ticket.url, units: units.get }, options);
  if (!answer.ok) return answer;
  if (isSuccess(answer.value)) {
    const state = stateOf(session, answer.value, ticket.size);
    const whole = state.ok && !state.value.done && state.value.next >= ticket.size;
    return whole ? commit(link, session, options) : state;
  }
  const error = errorOf(answer.value);
  if (isGone(error)) return recognise(link, ticket, complete, options);
  return { ok: false, problem: problemOfFile(error, ticket.name) };
}

/** All bytes are there and the file is not: the last fragment met a conflict that may be over. */
async function commit(link: DriveLink, session: UploadSession, options: CallOptions): Promise<Result<Sent>> {
  const ticket = ticketOf(session);
  const answer = await link.uploads.call({ method: 'POST', url: ticket.url, units: units.write }, options);
  if (!answer.ok) return answer;
  if (isSuccess(answer.value)) return finished(ticket, answer.value);
  const error = errorOf(answer.value);
  if (isGone(error)) return recognise(link, ticket, { size: ticket.size, hash: undefined }, options);
  return refused(link, session, error, options);
}

/** Gives a session up, so that its name is free again. One that is gone is just as well. */
export async function cancelUpload(
  link: DriveLink,
  session: UploadSession,
  options: CallOptions,
): Promise<Result<void>> {
  const ticket = ticketOf(session);
  const answer = await link.uploads.call({ method: 'DELETE', url: ticket.url, units: units.get }, options);
  if (!answer.ok) return answer;
  if (isSuccess(answer.value)) return ok(undefined);
  const error = errorOf(answer.value);
  return isGone(error) ? ok(undefined) : { ok: false, problem: problemOfFile(error, ticket.name) };
}

/** What a complete file must be like to be taken for ours. */
interface Complete {
  readonly size: number;
  readonly hash: string | undefined;
}

/** 404 and 410, and 401 when the URL's own right has ended (about 24 hours after it was made). */
function isGone({ status }: ServiceError): boolean {
  return status === 404 || status === 410 || status === 401;
}

/** `end` is what is taken to be wanted next where the state does not say. */
function stateOf(session: UploadSession, answer: Answer, end: number): Result<Sent> {
  const state = bodyOf(stateSchema, answer);
  if (!state.ok) return state;
  const first = Number.parseInt(state.value.nextExpectedRanges[0] ?? '', 10);
  const next = Number.isNaN(first) ? end : first;
  const later = prolonged(session, state.value.expirationDateTime ?? session.expires);
  return ok({ done: false, next, session: later });
}

function finished(ticket: Ticket, answer: Answer): Result<Sent> {
  const item = itemOf(answer, ticket.name);
  return item.ok ? ok({ done: true, item: withParent(toRemoteItem(item.value), ticket) }) : item;
}

/** Answers to uploads leave the parent out now and then. */
function withParent(item: RemoteItem, { parent }: Ticket): RemoteItem {
  return item.parent === '' ? { ...item, parent } : item;
}

/**
 * The session is gone. If all bytes had been sent, the file may be there: it is ours if it is not the one that was to be
 * replaced, has the time that the session carried, and the hash, or else the size, of what was sent. A kind
 * that SharePoint rewrites has neither any more.
 */
async function recognise(
  link: DriveLink,
  ticket: Ticket,
  complete: Complete | undefined,
  options: CallOptions,
): Promise<Result<Sent>> {
  const { parent, name, modified, replacedTag } = ticket;
  const lost = failed('session-lost', { where: name });
  if (complete === undefined) return lost;
  const found = await findChild(link, parent, name, options);
  if (!found.ok) return found;
  if (found.value === undefined || !isFile(found.value)) return lost;
  const item = toRemoteItem(found.value);
  const sameTime = item.modified === wholeSeconds(modified);
  const comparable = complete.hash !== undefined && item.hash !== undefined;
  const sameContent = comparable ? item.hash === complete.hash : item.size === complete.size;
  const ours = item.tag !== replacedTag && sameTime && (sameContent || isRewrittenKind(name));
  return ours ? ok({ done: true, item: withParent(item, ticket) }) : lost;
}

/**
 * A refusal that another try will not change. When the name was taken or the item edited since the session was
 * opened, the session is of no more use, and given up so that it does not block the name.
 */
async function refused(
  link: DriveLink,
  session: UploadSession,
  error: ServiceError,
  options: CallOptions,
): Promise<Result<Sent>> {
  const { parent, name, replacedTag } = ticketOf(session);
  const problem = problemOfFile(error, name);
  const stale = error.status === 412 || hasCode(error, 'resourceModified');
  if (!stale && !hasCode(error, 'nameAlreadyExists')) return { ok: false, problem };
  const cancelled = await cancelUpload(link, session, options);
  if (!cancelled.ok) return cancelled;
  const found = await findChild(link, parent, name, options);
  if (!found.ok) return found;
  // Nobody was there: a new session will do.
  if (found.value?.eTag === replacedTag)
    return failed('session-lost', { where: name, detail: problem.detail });
  const code = replacedTag === undefined ? 'occupied-at-destination' : 'edited-at-destination';
  return failed(code, { where: name, detail: problem.detail });
}
