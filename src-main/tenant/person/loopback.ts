import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import { answerPage, waitingPage } from './pages.ts';

/** What the page of Entra posts back: a code, or why there is none. */
export type LoopbackAnswer =
  | { readonly code: string; readonly clientInfo: string }
  | { readonly error: string; readonly description: string };

/** Where a browser brings the answer of the sign-in page. */
export interface Loopback {
  /** `http://localhost:<port>` */
  readonly redirectUri: string;
  /** The first answer that carries our state. */
  readonly answer: Promise<LoopbackAnswer>;
  close(): void;
}

const MOST_BYTES = 64 * 1024;
/** Another program may have the port on one of the two loopback addresses; another one is tried then. */
const PORTS_TRIED = 8;

/**
 * Listens on a free port of both loopback addresses, since a browser makes `localhost` whichever it likes: a program that had the
 * other one would get our answer. msal's own listener cannot be ended by whoever cancels, and knows only 127.0.0.1.
 * @param state what the answer must carry; nothing else is taken for it. Code: sign-in-loopback.
 */
export async function openLoopback(state: string): Promise<Result<Loopback>> {
  let resolve: (answer: LoopbackAnswer) => void = () => undefined;
  const answer = new Promise<LoopbackAnswer>((give) => {
    resolve = give;
  });
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    void handle(request, response, state, resolve);
  };
  let trouble = '';
  for (let tries = 0; tries < PORTS_TRIED; tries += 1) {
    const opened = await listenOnBoth(serve);
    if (typeof opened === 'string') {
      trouble = opened;
      continue;
    }
    const { servers, port } = opened;
    return ok({
      redirectUri: `http://localhost:${port}`,
      answer,
      close: () => servers.forEach(endServer),
    });
  }
  return failed('sign-in-loopback', { detail: trouble });
}

type Serve = (request: IncomingMessage, response: ServerResponse) => void;

/** The two listeners, or what stood against it. */
async function listenOnBoth(
  serve: Serve,
): Promise<{ readonly servers: readonly Server[]; readonly port: number } | string> {
  const first = await listen(serve, '127.0.0.1', 0);
  if (!('server' in first)) return first.trouble;
  const second = await listen(serve, '::1', first.port);
  if ('server' in second) return { servers: [first.server, second.server], port: first.port };
  // A computer without IPv6 has only one address to listen on.
  if (second.code === 'EADDRNOTAVAIL' || second.code === 'EAFNOSUPPORT')
    return { servers: [first.server], port: first.port };
  endServer(first.server);
  return second.trouble;
}

async function listen(
  serve: Serve,
  host: string,
  port: number,
): Promise<{ server: Server; port: number } | { code: string; trouble: string }> {
  const server = createServer(serve);
  try {
    server.listen({ host, port, exclusive: true });
    await once(server, 'listening');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return { code: String(error.code), trouble: error.message };
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a listener without a port');
  // A sign-in that is left alone keeps no process alive.
  server.unref();
  return { server, port: address.port };
}

function endServer(server: Server): void {
  server.close();
  server.closeIdleConnections();
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  state: string,
  found: (answer: LoopbackAnswer) => void,
): Promise<void> {
  const path = (request.url ?? '/').split('?', 1).join('');
  if (request.method === 'GET' && path === '/') return page(response, 200, waitingPage);
  if (request.method !== 'POST' || path !== '/') return page(response, 404, waitingPage);
  const form = new URLSearchParams(await bodyOf(request));
  const states = form.getAll('state');
  if (states.length !== 1 || states[0] !== state) return page(response, 400, waitingPage);
  const [code, error] = [form.get('code'), form.get('error')];
  if (code !== null) {
    page(response, 200, answerPage('done'));
    return found({ code, clientInfo: form.get('client_info') ?? '' });
  }
  if (error === null) return page(response, 400, waitingPage);
  page(response, 200, answerPage('refused'));
  found({ error, description: form.get('error_description') ?? '' });
}

/** Empty for one that is too long or breaks off: such a request is no answer. */
async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request) {
      const piece: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
      bytes += piece.length;
      if (bytes > MOST_BYTES) return '';
      chunks.push(piece);
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ECONNRESET') return '';
    throw error;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function page(response: ServerResponse, status: number, html: string): void {
  response
    .writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      connection: 'close',
    })
    .end(html);
}
