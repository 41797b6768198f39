import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Agent, buildConnector } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { Admission } from '../../budget/admission.ts';
import { Ledger } from '../../budget/ledger.ts';
import type { CallOptions } from '../destination.ts';
import { GraphClient } from './client.ts';
import { Gate } from './gate.ts';
import { appLimits } from './limits.ts';
import { Meter } from './meter.ts';
import type { Time } from './time.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A service, a client of it, and a clock that stands until it is turned. */
async function stage(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  options: Agent.Options = {},
) {
  let now = 1_000_000;
  let sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  const time: Time = {
    now: () => now,
    random: () => 0,
    sleep: (ms) =>
      new Promise((wake) => {
        sleepers.push({ until: now + ms, wake });
      }),
  };
  /** What arrived, and when by that clock. */
  const arrived: { readonly path: string; readonly at: number }[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    arrived.push({ path: request.url ?? '', at: now });
    answer(request, response);
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const http = new Agent(options);
  ends.push(async () => {
    await http.destroy();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const gate = new Gate(time);
  const meter = new Meter();
  const admission = new Admission(new Ledger(appLimits), time);
  const client = new GraphClient({ http, gate, admission, meter, time, userAgent: 'test' }, undefined);
  return {
    arrived,
    metrics: () => meter.read(gate, []),
    connections: () => connections,
    isClosed: () => gate.closedUntil !== null,
    ask: (path: string, body?: Uint8Array, options?: CallOptions) =>
      client.call(
        {
          method: body === undefined ? 'GET' : 'PUT',
          url: new URL(path, `http://127.0.0.1:${address.port}`),
          units: 1,
          body,
        },
        options,
      ),
    /** Waits until so many requests have arrived or sleep, all together, and wakes those that sleep in time. */
    turnWhen: async (count: number): Promise<void> => {
      await until(() => sleepers.length + arrived.length >= count);
      const asleep = sleepers;
      sleepers = [];
      now = Math.max(now, ...asleep.map((sleeper) => sleeper.until));
      for (const { wake } of asleep) wake();
    },
  };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

/** Refuses the first request and does all others. */
function throttleFirst(arrived: readonly unknown[], response: ServerResponse): void {
  if (arrived.length === 1) response.writeHead(429, { 'retry-after': '60' });
  response.end('ok');
}

function expectLater(arrived: readonly { readonly path: string; readonly at: number }[]): void {
  for (const { path, at } of arrived.slice(1)) expect(at, path).toBeGreaterThanOrEqual(1_060_000);
}

describe('the gate and requests that are on their way to a socket', () => {
  it('closes with the headers of a refusal, whenever its body comes', async () => {
    let end = (): void => undefined;
    const service = await stage((_, response) => {
      if (service.arrived.length > 1) response.end('ok');
      else {
        response.writeHead(429, { 'retry-after': '60' }).flushHeaders();
        end = () => response.end('{}');
      }
    });
    const asked = service.ask('/first');
    await until(service.isClosed);
    end();
    await service.turnWhen(2);
    expect(await asked).toMatchObject({ ok: true, value: { status: 200 } });
  });

  it.each([
    ['without a body', undefined],
    ['with a body', new Uint8Array(10)],
    ['with a body in pieces', new Uint8Array(1_000_000)],
  ])('does not write what waits for a socket when it closes: %s', async (_, body) => {
    // One connection: what comes second waits until the first was answered, and that answer closes the gate.
    const service = await stage(
      (request, response) => {
        request.resume().once('end', () => throttleFirst(service.arrived, response));
      },
      { connections: 1 },
    );
    const asked = Promise.all(['/1', '/2', '/3'].map((path) => service.ask(path, body)));
    await service.turnWhen(4);
    expect(await asked).toMatchObject([{ ok: true }, { ok: true }, { ok: true }]);
    expect(service.arrived.map(({ path }) => path).toSorted()).toEqual(['/1', '/1', '/2', '/3']);
    expectLater(service.arrived);
    // What was held back was no request and no retry, and broke no connection.
    expect(service.metrics()).toMatchObject({ requests: 4, resourceUnits: 4, retries: 1 });
    expect(service.connections()).toBe(1);
  });

  it('does not write what waits for its connection to be made', async () => {
    const connect = buildConnector({});
    const held: (() => void)[] = [];
    let begun = 0;
    const service = await stage((_, response) => throttleFirst(service.arrived, response), {
      connect: (options, done) => {
        begun += 1;
        if (begun === 1) connect(options, done);
        else held.push(() => connect(options, done));
      },
    });
    const asked = Promise.all([service.ask('/1'), service.ask('/2')]);
    await until(() => held.length > 0 && service.isClosed());
    for (const go of held.splice(0)) go();
    await service.turnWhen(3);
    expect(await asked).toMatchObject([{ ok: true }, { ok: true }]);
    expectLater(service.arrived);
  });
});

describe('a call that may write only while it is admitted', () => {
  const body = new Uint8Array(10);
  const stopped = { ok: false, problem: { code: 'stopped-by-you' } };

  it('is asked about before each try, after all waiting, and writes nothing once the answer is no', async () => {
    const service = await stage((_, response) => throttleFirst(service.arrived, response));
    let admitted = true;
    const asked = service.ask('/first', body, { admit: () => admitted });
    await until(service.isClosed);
    admitted = false;
    await service.turnWhen(2);
    expect(await asked).toEqual(stopped);
    expect(service.arrived).toHaveLength(1);
    expect(service.metrics()).toMatchObject({ requests: 1 });
  });

  it('is asked about again after an answer that was lost', async () => {
    const service = await stage((request) => request.socket.destroy());
    let admitted = true;
    const asked = service.ask('/first', body, { admit: () => admitted });
    await until(() => service.arrived.length === 1);
    admitted = false;
    await service.turnWhen(2);
    expect(await asked).toEqual(stopped);
    expect(service.arrived).toHaveLength(1);
  });

  it('is asked about once its connection is made, and not only before', async () => {
    const connect = buildConnector({});
    let admitted = true;
    const service = await stage((_, response) => response.end('ok'), {
      connect: (options, done) => {
        admitted = false;
        connect(options, done);
      },
    });
    expect(await service.ask('/first', body, { admit: () => admitted })).toEqual(stopped);
    expect(service.arrived).toEqual([]);
  });

  it('reads whatever the answer would be', async () => {
    const service = await stage((_, response) => response.end('ok'));
    expect(await service.ask('/first', undefined, { admit: () => false })).toMatchObject({ ok: true });
  });
});
