import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { Router } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { ConsoleContract } from '../../src-shared/contract/console.ts';
import { isNoSuchFile } from '../basics/read-if-there.ts';
import { linkOver } from '../console/console-over-wire.ts';

/**
 * A data folder belongs to one process. Other commands of the same person speak to that process through this door: a WebSocket on
 * 127.0.0.1, whose port and key are in a file of the folder that only its owner can read. The key is made anew with each process and never
 * said: both ends prove it over a challenge of the caller and the port, so that whoever has taken the port of a process that was
 * killed learns nothing and can answer nothing.
 */
export interface FolderDoor {
  close(): Promise<void>;
}

const NAME = 'door.json';
const PATH = '/door';
const CHALLENGE = 'x-convoy-challenge';
const PROOF = 'x-convoy-proof';
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;
const PATIENCE_MS = 5_000;

const doorSchema = z.object({ port: z.number().int().min(1).max(65_535), key: z.string().length(43) });

/** Opens the door of a data folder that this process has locked. */
export async function openFolderDoor(
  folder: string,
  router: Router<ConsoleContract, Record<never, never>>,
): Promise<FolderDoor> {
  const key = randomBytes(32).toString('base64url');
  const handler = new RPCHandler(router);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  const server = createServer((_, response) => response.writeHead(404).end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const proofs = new WeakMap<IncomingMessage, string>();
  sockets.on('headers', (headers, request) => headers.push(`${PROOF}: ${proofs.get(request) ?? ''}`));
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { origin } = request.headers;
    const [challenge, proof] = [request.headers[CHALLENGE], request.headers[PROOF]];
    const admitted =
      request.url === PATH &&
      origin === undefined &&
      typeof challenge === 'string' &&
      typeof proof === 'string' &&
      isSame(proof, prove(key, 'caller', challenge, port));
    if (!admitted) {
      socket.on('error', () => socket.destroy());
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    proofs.set(request, prove(key, 'door', challenge, port));
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', () => webSocket.terminate());
      handler.upgrade(webSocket).catch(() => webSocket.terminate());
    });
  });
  const file = join(folder, NAME);
  const part = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(part, JSON.stringify({ port, key }), { mode: 0o600, flag: 'wx' });
  await rename(part, file);
  return {
    async close() {
      await rm(file, { force: true });
      const closed = once(server, 'close');
      for (const webSocket of sockets.clients) webSocket.terminate();
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The console of the process that has a data folder, and the way out. */
export interface Called {
  readonly client: ContractRouterClient<ConsoleContract>;
  /** Whether that process has gone. */
  ended(): boolean;
  close(): void;
}

/** Speaks to the process that has a data folder; undefined when none answers there. */
export async function callFolderDoor(folder: string): Promise<Called | undefined> {
  const door = await readDoor(join(folder, NAME));
  if (door === undefined) return undefined;
  const { port, key } = door;
  const challenge = randomBytes(32).toString('base64url');
  const socket = new WebSocket(`ws://127.0.0.1:${port}${PATH}`, {
    headers: { [CHALLENGE]: challenge, [PROOF]: prove(key, 'caller', challenge, port) },
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
    handshakeTimeout: PATIENCE_MS,
  });
  const proved = await new Promise<boolean>((resolve) => {
    let proof: unknown;
    socket.on('error', () => resolve(false));
    socket.once('upgrade', ({ headers }: IncomingMessage) => {
      proof = headers[PROOF];
    });
    socket.once('open', () =>
      resolve(typeof proof === 'string' && isSame(proof, prove(key, 'door', challenge, port))),
    );
  });
  if (!proved) {
    socket.terminate();
    return undefined;
  }
  return {
    client: createORPCClient(
      linkOver({
        send: (frame) => socket.send(frame),
        onFrame: (listener) => void socket.on('message', (data: Buffer) => listener(data.toString('utf8'))),
        onClose: (listener) => void socket.once('close', listener),
        end: () => socket.terminate(),
      }),
    ),
    ended: () => socket.readyState !== socket.OPEN,
    close: () => socket.terminate(),
  };
}

async function readDoor(file: string): Promise<z.infer<typeof doorSchema> | undefined> {
  try {
    return doorSchema.safeParse(JSON.parse(await readFile(file, 'utf8'))).data;
  } catch (error) {
    if (isNoSuchFile(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function prove(key: string, who: 'caller' | 'door', challenge: string, port: number): string {
  return createHmac('sha256', key).update(`${who} ${port} ${challenge}`).digest('base64url');
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
