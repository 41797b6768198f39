import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Router } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import type { ConsoleContract } from '../../../src-shared/contract/console.ts';
import { MOST_MESSAGE_BYTES } from '../../../src-shared/contract/message-limits.ts';
import { strictHeaders } from '../../host/headers.ts';
import { openScreenFiles } from '../../host/screen-files.ts';
import { ScreenSessions } from './session.ts';

export interface ScreenHostOptions {
  readonly router: Router<ConsoleContract, Record<never, never>>;
  /** Folder of the built screen. */
  readonly folder: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** Told with the address of the next browser whenever one was opened. */
  readonly onOpened?: ((nextAddress: string) => void) | undefined;
}

export interface ScreenHost {
  readonly port: number;
  /** Whether there is a built screen to show. */
  readonly present: boolean;
  /** Opens the screen once; then it is another one. */
  address(): string;
  close(): Promise<void>;
}

/**
 * Serves the screen to browsers of this computer: 127.0.0.1 only, to whoever has the token of the terminal. Host and
 * Origin are checked, so that no page of the internet gets in by a name that it makes point here (DNS rebinding) or
 * by a WebSocket, which knows no same-origin rule.
 */
export async function openScreenHost(options: ScreenHostOptions): Promise<ScreenHost> {
  const files = openScreenFiles(options.folder, () => randomBytes(16).toString('base64'));
  const handler = new RPCHandler(options.router);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_MESSAGE_BYTES });
  const server = createServer();
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const sessions = new ScreenSessions(port);
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
  const address = (): string => `http://127.0.0.1:${port}/open?token=${sessions.token}`;

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    if (!hosts.has(request.headers.host ?? ''))
      return refuse(response, 421, 'This is not the host you asked for.\n');
    if (request.method !== 'GET') return refuse(response, 405, 'Only GET is answered here.\n');
    if (path === '/open') return open(request, response);
    if (!sessions.admits(request.headers.cookie)) return refuse(response, 401, LOCKED);
    files.answer(path).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      (error: unknown) => refuse(response, 500, `The file cannot be read: ${String(error)}\n`),
    );
  });

  function open(request: IncomingMessage, response: ServerResponse): void {
    const token = new URL(request.url ?? '', 'http://host').searchParams.get('token') ?? '';
    const cookie = sessions.exchange(token);
    if (cookie === undefined) {
      refuse(response, 401, LOCKED);
      return;
    }
    response
      .writeHead(303, { ...strictHeaders, 'Set-Cookie': cookie, Location: '/', 'Cache-Control': 'no-store' })
      .end();
    options.onOpened?.(address());
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { host = '', origin, cookie } = request.headers;
    const allowed =
      request.url === '/console' && hosts.has(host) && origin === `http://${host}` && sessions.admits(cookie);
    if (!allowed) {
      // Whoever was refused may be gone before it reads so; that ends its connection and nothing else.
      socket.on('error', () => socket.destroy());
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', () => webSocket.terminate());
      handler.upgrade(webSocket).catch(() => webSocket.terminate());
    });
  });

  return {
    port,
    present: files.present,
    address,
    async close() {
      const closed = once(server, 'close');
      for (const webSocket of sockets.clients) webSocket.terminate();
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

const LOCKED =
  'This screen opens with the address that Convoy printed on its terminal, once for each address.\n';

function refuse(response: ServerResponse, status: number, text: string): void {
  response
    .writeHead(status, {
      ...strictHeaders,
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'no-store',
    })
    .end(text);
}
