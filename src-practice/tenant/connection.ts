import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { CallBody } from './call.ts';
import type { Reply } from './reply.ts';
import { type Refusal, refuse } from './reply.ts';
import type { Tenant } from './tenant.ts';

/** A body that nobody read is let in up to here, so that its sender hears the answer; a longer one is cut off. */
const DRAINED = 64 * 1024 * 1024;
/** Answers go out in pieces of this size where bandwidth is limited. */
const PIECE = 64 * 1024;

interface Pace {
  in: number;
  out: number;
}

/** When each connection is free to carry more. Real time: a clock turned forward makes no network faster. */
const paces = new WeakMap<Socket, Pace>();

/** When a connection that is busy until `busyUntil` has carried `bytes` more; times in ms, `bandwidth` in bytes/s. */
export function freeAgain(busyUntil: number, now: number, bytes: number, bandwidth: number): number {
  return Math.max(busyUntil, now) + (bytes / bandwidth) * 1000;
}

async function pace(tenant: Tenant, socket: Socket, way: keyof Pace, bytes: number): Promise<void> {
  const { bandwidth } = tenant.faults.settings;
  if (bandwidth === undefined) return;
  const state = paces.get(socket) ?? { in: 0, out: 0 };
  paces.set(socket, state);
  const now = performance.now();
  state[way] = freeAgain(state[way], now, bytes, bandwidth);
  const ahead = state[way] - now;
  if (ahead > 1) await wait(ahead);
}

/** The body of a request, counted and paced. */
export function bodyOf(tenant: Tenant, req: IncomingMessage): CallBody {
  const announced = req.headers['content-length'];
  return {
    length: announced === undefined ? undefined : Number(announced),
    chunks: async function* () {
      for await (const chunk of req.iterator({ destroyOnReturn: false })) {
        if (!(chunk instanceof Uint8Array)) throw new TypeError('a request body came as text');
        tenant.counters.bytesIn += chunk.length;
        await pace(tenant, req.socket, 'in', chunk.length);
        yield chunk;
      }
    },
  };
}

/** Breaks the connection in the middle of the request's bytes. */
export async function cutInTheMiddle(tenant: Tenant, req: IncomingMessage): Promise<void> {
  const body = bodyOf(tenant, req);
  const half = (body.length ?? 0) / 2;
  let seen = 0;
  if (half > 0) {
    for await (const chunk of body.chunks()) {
      seen += chunk.length;
      if (seen >= half) break;
    }
  }
  req.socket.destroy();
}

/** Lets the rest of a request in, unless it is very long; then the connection ends with the answer. */
async function drain(req: IncomingMessage, res: ServerResponse): Promise<void> {
  if (req.readableEnded || req.destroyed) return;
  if (Number(req.headers['content-length'] ?? 0) > DRAINED) {
    res.setHeader('Connection', 'close');
    return;
  }
  const over = Promise.withResolvers<void>();
  req.once('end', over.resolve).once('close', over.resolve).resume();
  await over.promise;
}

export interface RequestIds {
  readonly requestId: string;
  readonly clientRequestId: string;
}

/**
 * Sends an answer; resolves when it is with the operating system, or the connection is gone.
 * @returns when it was handed over: its caller may have it from then on
 */
export async function send(
  tenant: Tenant,
  req: IncomingMessage,
  res: ServerResponse,
  reply: Reply,
  ids: RequestIds,
): Promise<number> {
  await drain(req, res);
  let sentAt = tenant.clock.now();
  if (res.destroyed) return sentAt;
  const over = Promise.withResolvers<void>();
  res.once('finish', over.resolve).once('close', over.resolve);
  const headers: Record<string, string | number> = {
    ...reply.headers,
    'request-id': ids.requestId,
    'client-request-id': ids.clientRequestId,
  };
  if (reply.bytes !== undefined) {
    res.writeHead(reply.status, { ...headers, 'Content-Length': reply.bytes.length });
    await sendChunks(tenant, req, res, reply.bytes.chunks);
  } else {
    const text = reply.json === undefined ? '' : JSON.stringify(reply.json);
    const bytes = Buffer.from(text);
    if (text !== '') {
      headers['Content-Type'] =
        'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';
    }
    if (reply.status !== 204) headers['Content-Length'] = bytes.length;
    res.writeHead(reply.status, headers);
    if (tenant.faults.settings.bandwidth !== undefined) await pace(tenant, req.socket, 'out', bytes.length);
    tenant.counters.bytesOut += bytes.length;
    sentAt = tenant.clock.now();
    res.end(bytes);
  }
  await over.promise;
  return sentAt;
}

async function sendChunks(
  tenant: Tenant,
  req: IncomingMessage,
  res: ServerResponse,
  chunks: AsyncIterable<Uint8Array>,
): Promise<void> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += PIECE) {
      const piece = chunk.subarray(at, at + PIECE);
      tenant.counters.bytesOut += piece.length;
      await pace(tenant, req.socket, 'out', piece.length);
      if (res.destroyed) return;
      if (!res.write(piece)) {
        await drained(res);
      }
    }
  }
  res.end();
}

/** Until more can be written, or the connection is gone. */
export async function drained(res: ServerResponse): Promise<void> {
  const ready = Promise.withResolvers<void>();
  res.once('drain', ready.resolve).once('close', ready.resolve);
  await ready.promise;
  // Both are taken off again: a long answer waits thousands of times.
  res.off('drain', ready.resolve).off('close', ready.resolve);
}

/** The caller went away: what happened then is no fault of the tenant. */
export function callerIsGone(req: IncomingMessage, res: ServerResponse): boolean {
  return req.errored !== null || req.socket.destroyed || res.destroyed;
}

/** For what should never happen. */
export function brokenTenant(error: unknown): Refusal {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`practice tenant: ${text}\n`);
  return refuse(500, 'generalException', `The practice tenant itself failed: ${text}`);
}
