import { z } from 'zod';
import type { UploadRequest, UploadSession } from '../destination.ts';

/**
 * What an upload has to know of itself, also after a restart on another machine: the URL, and what it is to
 * become, so that a finished file can be recognised when the answer that said so was lost.
 */
const ticketSchema = z.object({
  /** Upload URL: a secret. */
  u: z.string(),
  /** Parent's id. */
  p: z.string(),
  /** Name. */
  n: z.string(),
  /** Bytes. */
  s: z.number(),
  /** Time of modification, milliseconds. */
  m: z.number(),
  /** Tag of the item that it replaces; absent for a new one. */
  r: z.string().exactOptional(),
});

export interface Ticket {
  readonly url: URL;
  readonly parent: string;
  readonly name: string;
  readonly size: number;
  readonly modified: number;
  readonly replacedTag: string | undefined;
}

/** Sessions of this process need not be taken apart again for each fragment. */
const known = new WeakMap<UploadSession, Ticket>();

export function newSession(uploadUrl: string, expires: number, request: UploadRequest): UploadSession {
  const { parent, name, size, times, replace } = request;
  const replacedTag = replace === 'create' ? undefined : replace.tag;
  const token = JSON.stringify({
    ...{ u: uploadUrl, p: parent, n: name, s: size, m: times.modified },
    ...(replacedTag === undefined ? {} : { r: replacedTag }),
  } satisfies z.infer<typeof ticketSchema>);
  const session = { token, expires };
  known.set(session, { url: new URL(uploadUrl), parent, name, size, modified: times.modified, replacedTag });
  return session;
}

/** The same upload with a later end. */
export function prolonged(session: UploadSession, expires: number): UploadSession {
  const later = { token: session.token, expires };
  const ticket = known.get(session);
  if (ticket !== undefined) known.set(later, ticket);
  return later;
}

/** Throws for a token that was not made here: the caller's journal is damaged in a way that encryption should have shown. */
export function ticketOf(session: UploadSession): Ticket {
  const held = known.get(session);
  if (held !== undefined) return held;
  const { u, p, n, s, m, r } = ticketSchema.parse(JSON.parse(session.token));
  const ticket = { url: new URL(u), parent: p, name: n, size: s, modified: m, replacedTag: r };
  known.set(session, ticket);
  return ticket;
}
