import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Agent } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { exchange, type WireRequest } from './exchange.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function start(handler: Handler): Promise<URL> {
  const server = createServer(handler);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return new URL(`http://127.0.0.1:${address.port}/a?b=c`);
}

function agent(options: Agent.Options = {}): Agent {
  const made = new Agent(options);
  ends.push(() => made.destroy());
  return made;
}

function put(url: URL, body: Uint8Array | undefined, signal?: AbortSignal): WireRequest {
  const headers: Record<string, string> = { 'x-test': 'yes' };
  if (body !== undefined) headers['content-length'] = String(body.length);
  return { url, method: 'PUT', headers, body, signal };
}

describe('exchange', () => {
  it.each([0, 1, 262_144, 262_145, 5_000_000])('carries a body of %i bytes and its answer', async (size) => {
    const url = await start((request, response) => {
      let received = 0;
      request.on('data', (chunk: Buffer) => {
        received += chunk.length;
      });
      request.on('end', () => {
        const { 'content-length': length, 'x-test': test } = request.headers;
        response.writeHead(201, { 'request-id': 'id-1' });
        response.end([request.url, length, received, test].join(' '));
      });
    });
    const answer = await exchange(agent(), put(url, new Uint8Array(size)));
    expect(answer).toMatchObject({ answered: true, status: 201, text: `/a?b=c ${size} ${size} yes` });
  });

  it('says so when the connection breaks before or within the answer', async () => {
    const before = await start((request) => request.socket.destroy());
    expect(await exchange(agent(), put(before, undefined))).toMatchObject({ answered: false });
    const within = await start((request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => request.socket.destroy());
    });
    expect(await exchange(agent(), put(within, undefined))).toMatchObject({ answered: false });
  });

  it('gives up when nothing moves', async () => {
    const url = await start(() => undefined);
    const http = agent({ headersTimeout: 100, bodyTimeout: 100 });
    expect(await exchange(http, put(url, new Uint8Array(10)))).toMatchObject({
      answered: false,
      code: 'UND_ERR_HEADERS_TIMEOUT',
    });
    const large = new Uint8Array(50_000_000);
    expect(await exchange(http, put(url, large))).toMatchObject({ answered: false });
  });

  it('goes on as long as bytes move, however long that takes in all', async () => {
    const [size, step] = [24_000_000, 2_000_000];
    const url = await start((request, response) => {
      let received = 0;
      let sinceRest = 0;
      request.on('data', (chunk: Buffer) => {
        received += chunk.length;
        sinceRest += chunk.length;
        if (sinceRest < step || received === size) return;
        sinceRest = 0;
        request.pause();
        setTimeout(() => request.resume(), 400);
      });
      request.on('end', () => response.end(String(received)));
    });
    const http = agent({ headersTimeout: 2_000, bodyTimeout: 2_000 });
    const began = performance.now();
    const answer = await exchange(http, put(url, new Uint8Array(size)));
    expect(answer).toMatchObject({ answered: true, text: String(size) });
    expect(performance.now() - began).toBeGreaterThan(2_000);
  }, 30_000);

  it('ends when it is told to', async () => {
    const stop = new AbortController();
    const url = await start(() => stop.abort());
    expect(await exchange(agent(), put(url, undefined, stop.signal))).toMatchObject({ answered: false });
  });

  it('does not take a bug for trouble of the network', async () => {
    const url = await start((_, response) => response.end());
    const request = { ...put(url, undefined), headers: { 'bad header\n': 'x' } };
    await expect(exchange(agent(), request)).rejects.toThrow();
  });
});
