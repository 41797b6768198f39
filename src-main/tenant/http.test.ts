import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttp, type ProxyEnvironment } from './http.ts';

/** Answers everything, and tells in the body that it was the one. */
async function start(name: string): Promise<{ server: Server; url: string }> {
  const server = createServer((_request, response) => response.end(name));
  server.on('connect', (_request, socket) => {
    // One answer inside the tunnel is enough to see who was asked.
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    socket.once('data', () =>
      socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${name.length}\r\nConnection: close\r\n\r\n${name}`),
    );
    socket.on('error', () => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { server, url: `http://127.0.0.1:${address.port}` };
}

let proxy: Awaited<ReturnType<typeof start>>;
let direct: Awaited<ReturnType<typeof start>>;
beforeAll(async () => {
  proxy = await start('proxy');
  direct = await start('direct');
});
afterAll(() => {
  proxy.server.close();
  direct.server.close();
});

async function answerOf(environment: ProxyEnvironment, origin: string): Promise<string> {
  const http = createHttp({}, environment);
  const answer = await http.request({ origin, path: '/', method: 'GET' });
  const text = await answer.body.text();
  await http.close();
  return text;
}

describe('createHttp', () => {
  it('sends requests through the proxy of the environment', async () => {
    expect(await answerOf({ HTTP_PROXY: proxy.url }, 'http://graph.example')).toBe('proxy');
    expect(await answerOf({ http_proxy: proxy.url }, 'http://graph.example')).toBe('proxy');
  });

  it('never sends what is for this computer through it', async () => {
    expect(await answerOf({ HTTP_PROXY: proxy.url }, direct.url)).toBe('direct');
    expect(await answerOf({ HTTP_PROXY: proxy.url, NO_PROXY: 'other.example' }, direct.url)).toBe('direct');
  });

  it('honours NO_PROXY', async () => {
    // Nobody listens at this address, so only a proxy could answer.
    const nobody = direct.url.replace('127.0.0.1', '127.0.0.2');
    expect(await answerOf({ HTTP_PROXY: proxy.url }, nobody)).toBe('proxy');
    await expect(answerOf({ HTTP_PROXY: proxy.url, NO_PROXY: 'x,127.0.0.2' }, nobody)).rejects.toThrow();
    await expect(answerOf({ HTTP_PROXY: proxy.url, NO_PROXY: '*' }, nobody)).rejects.toThrow();
  });

  it('does without one where there is none', async () => {
    expect(await answerOf({}, direct.url)).toBe('direct');
  });
});
