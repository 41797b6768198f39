import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import type { ServerIdentity } from './certificate.ts';
import type { Gatekeeper } from './gatekeeper.ts';
import { channelOf } from './proofs.ts';

/** Where machines come in. */
export const WIRE_PATH = '/fleet';

/** The largest message of a member: a beat with all its results. */
export const MAX_MESSAGE_BYTES = 32 * 1024 * 1024;
/** All that somebody may say before it is known who it is. */
const MAX_UNKNOWN_BYTES = 16 * 1024;
/** From the first byte of TCP until it is known who is there: TLS, the request, and the proof together. */
const DEADLINE_MS = 10_000;
const MAX_HEADER_BYTES = 8 * 1024;

/** Why a stranger was sent away; for the record, not for the stranger. */
export type Nuisance = 'crowd' | 'slow' | 'tls' | 'http' | 'origin' | 'size' | 'form' | 'proof';

/** A connection over which nobody has proved anything yet. */
export interface Visitor {
  readonly socket: WebSocket;
  readonly address: string;
  /** Of the TLS connection, see {@link channelOf}. */
  readonly channel: Buffer;
  /**
   * The other end closed the connection, as the system does for a program that has ended. False while it lives, and of one that fell silent or was
   * ended here.
   */
  hasLeft(): boolean;
  /** It is known who this is: the limits for strangers no longer hold. */
  known(): void;
  /** Counts it against its address. */
  count(why: Nuisance): void;
  /** The same, and ends it at once. */
  refuse(why: Nuisance): void;
}

export interface ListenerParts {
  readonly identity: ServerIdentity;
  /** The interface: an address of this machine; undefined for all of them. */
  readonly host: string | undefined;
  /** 0 for any that is free. */
  readonly port: number;
  readonly gate: Gatekeeper;
  readonly onVisitor: (visitor: Visitor) => void;
  readonly onRefused: (address: string, why: Nuisance) => void;
  /** See {@link DEADLINE_MS}; tests have less patience. */
  readonly deadlineMs?: number | undefined;
}

export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Listens for machines: TLS 1.3, one path, WebSockets of which no browser may open one. Code: listener-unable (the port is
 * taken, the address is not one of this machine).
 */
export async function openListener(parts: ListenerParts): Promise<Result<Listener>> {
  const { gate, identity, deadlineMs = DEADLINE_MS } = parts;
  const server = createServer({
    key: identity.key,
    cert: identity.certificate,
    minVersion: 'TLSv1.3',
    handshakeTimeout: DEADLINE_MS,
    headersTimeout: DEADLINE_MS,
    requestTimeout: DEADLINE_MS,
    connectionsCheckingInterval: 1_000,
    maxHeaderSize: MAX_HEADER_BYTES,
  });
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    // A few bytes of a compressed message can become any number of bytes.
    perMessageDeflate: false,
    clientTracking: false,
  });
  const open = new Set<Socket>();
  /** By address and port of the other end: TLS gives the HTTP server another socket than TCP gave. */
  const strangers = new Map<string, Stranger>();
  const refuse = (socket: Socket, why: Nuisance, counts: boolean): void => {
    const address = strangers.get(endOf(socket))?.address ?? socket.remoteAddress ?? '';
    if (counts) gate.fail(address);
    parts.onRefused(address, why);
    socket.destroy();
  };

  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    const leave = gate.enter(address);
    if (leave === undefined) return refuse(socket, 'crowd', false);
    open.add(socket);
    socket.setNoDelay(true);
    const end = endOf(socket);
    const late = setTimeout(() => refuse(socket, 'slow', true), deadlineMs);
    const known = (): void => {
      clearTimeout(late);
      strangers.delete(end);
      leave();
    };
    strangers.set(end, { address, known });
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      known();
      open.delete(socket);
    });
  });
  server.on('tlsClientError', (_, socket) => refuse(socket, 'tls', true));
  server.on('clientError', (_, socket) => {
    if (socket instanceof TLSSocket) refuse(socket, 'http', true);
    else socket.destroy();
  });
  server.on('request', (request) => refuse(request.socket, 'http', true));
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    let left = false;
    socket.once('end', () => {
      left = true;
    });
    socket.on('error', (error: Error) => {
      if ('code' in error && error.code === 'ECONNRESET') left = true;
      socket.destroy();
    });
    const stranger = strangers.get(endOf(socket));
    if (!(socket instanceof TLSSocket) || stranger === undefined) return socket.destroy();
    // Browsers send it with every WebSocket, whatever page opens it; a machine of Convoy never does.
    if (request.headers.origin !== undefined) return refuse(socket, 'origin', true);
    if (request.url !== WIRE_PATH || head.length > 0) return refuse(socket, 'http', true);
    const channel = channelOf(socket);
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', () => webSocket.terminate());
      const uncounted = countBytes(socket, () => refuse(socket, 'size', true));
      parts.onVisitor({
        socket: webSocket,
        address: stranger.address,
        channel,
        hasLeft: () => left,
        known() {
          uncounted();
          stranger.known();
        },
        count(why) {
          gate.fail(stranger.address);
          parts.onRefused(stranger.address, why);
        },
        refuse: (why) => refuse(socket, why, true),
      });
    });
  });
  // What is no WebSocket request after all: a wrong key, a wrong version.
  sockets.on('wsClientError', (_, socket) => refuse(socket as Socket, 'http', true));

  try {
    server.listen(parts.port, parts.host);
    await once(server, 'listening');
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    const where = `${parts.host ?? '*'}:${parts.port}`;
    return failed('listener-unable', { where, detail: String(error.code) });
  }
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return ok({
    port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  });
}

interface Stranger {
  readonly address: string;
  /** Takes it out of the count; may be called twice. */
  readonly known: () => void;
}

function endOf(socket: Socket): string {
  return `${socket.remoteAddress} ${socket.remotePort}`;
}

/** Calls `tooMany` when more comes than a stranger may say. @returns stops counting */
function countBytes(socket: Socket, tooMany: () => void): () => void {
  let bytes = 0;
  const count = (chunk: Buffer): void => {
    bytes += chunk.length;
    if (bytes > MAX_UNKNOWN_BYTES) tooMany();
  };
  socket.on('data', count);
  return () => void socket.off('data', count);
}
