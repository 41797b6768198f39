import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { implement } from '@orpc/server';
import { WebSocket as BrowserSocket } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type ConsoleContract, consoleContract } from '../../../src-shared/contract/console.ts';
import { MOST_MESSAGE_BYTES } from '../../../src-shared/contract/message-limits.ts';
import { openScreenHost, type ScreenHost } from './screen-host.ts';

let folder: string;
let host: ScreenHost;
let next = '';

const about = {
  version: '1.2.3',
  machine: 'test',
  cloud: 'practice',
  sharePointHostSuffix: '.sharepoint.com',
  practice: true,
  signIn: { state: 'none' },
  dataFolder: '/x',
  welcomed: false,
  notices: [],
} as const;

/** A machine that can say who it is; every other call is refused, which no test here needs. */
function machine() {
  const os = implement(consoleContract);
  const refuse = (): never => {
    throw new Error('not in this test');
  };
  return os.router({
    machine: {
      about: os.machine.about.handler(() => ({ ...about, notices: [] })),
      welcome: os.machine.welcome.handler(refuse),
    },
    fleet: {
      state: os.fleet.state.handler(refuse),
      machines: os.fleet.machines.handler(refuse),
      move: os.fleet.move.handler(refuse),
      promote: os.fleet.promote.handler(refuse),
      demote: os.fleet.demote.handler(refuse),
      invite: os.fleet.invite.handler(refuse),
      accept: os.fleet.accept.handler(refuse),
      revoke: os.fleet.revoke.handler(refuse),
      join: os.fleet.join.handler(refuse),
      leave: os.fleet.leave.handler(refuse),
      rekey: os.fleet.rekey.handler(refuse),
    },
    signIn: {
      state: os.signIn.state.handler(refuse),
      watch: os.signIn.watch.handler(refuse),
      begin: os.signIn.begin.handler(refuse),
      cancel: os.signIn.cancel.handler(refuse),
      standing: os.signIn.standing.handler(refuse),
      signOut: os.signIn.signOut.handler(refuse),
    },
    overview: { watch: os.overview.watch.handler(refuse), series: os.overview.series.handler(refuse) },
    tasks: {
      list: os.tasks.list.handler(refuse),
      get: os.tasks.get.handler(refuse),
      watch: os.tasks.watch.handler(refuse),
      runs: os.tasks.runs.handler(refuse),
      pace: os.tasks.pace.handler(refuse),
      check: os.tasks.check.handler(refuse),
      create: os.tasks.create.handler(refuse),
      setFilters: os.tasks.setFilters.handler(refuse),
      setGentle: os.tasks.setGentle.handler(refuse),
      giveNames: os.tasks.giveNames.handler(refuse),
      givePeople: os.tasks.givePeople.handler(refuse),
      people: os.tasks.people.handler(refuse),
      setRules: os.tasks.setRules.handler(refuse),
      plan: os.tasks.plan.handler(refuse),
      setPlan: os.tasks.setPlan.handler(refuse),
      order: os.tasks.order.handler(refuse),
    },
    assessments: {
      start: os.assessments.start.handler(refuse),
      list: os.assessments.list.handler(refuse),
      watch: os.assessments.watch.handler(refuse),
      renames: os.assessments.renames.handler(refuse),
      rename: os.assessments.rename.handler(refuse),
      renamesCsv: os.assessments.renamesCsv.handler(refuse),
    },
    machines: {
      watch: os.machines.watch.handler(refuse),
      setRules: os.machines.setRules.handler(refuse),
      setBandwidth: os.machines.setBandwidth.handler(refuse),
    },
    items: { page: os.items.page.handler(refuse) },
    events: { page: os.events.page.handler(refuse) },
    reports: { write: os.reports.write.handler(refuse) },
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'convoy-host-'));
  writeFileSync(join(folder, 'index.html'), '<title>Convoy</title>');
  host = await openScreenHost({
    router: machine(),
    folder,
    port: 0,
    onOpened: (address) => (next = address),
  });
});
afterAll(async () => {
  await host.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** A request with nothing tidied up on the way: `fetch` would resolve `..` and forbid to set Host. */
async function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const call = request({ host: '127.0.0.1', port: host.port, path, method, headers });
  call.end();
  const [response] = await once(call, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(Buffer.from(chunk));
  return { status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString() };
}

/** Opens the screen as a browser does: the cookie of the session. */
async function signIn(): Promise<string> {
  const { pathname, search } = new URL(host.address());
  const answer = await get(`${pathname}${search}`);
  expect(answer.status).toBe(303);
  return String(answer.headers['set-cookie']).split(';')[0] ?? '';
}

function connect(headers: Record<string, string>, path = '/console'): WebSocket {
  return new WebSocket(`ws://127.0.0.1:${host.port}${path}`, { headers });
}

/** What the screen has in its hands: a client over a socket of the kind that browsers have. */
function consoleOf(cookie: string): { client: ContractRouterClient<ConsoleContract>; socket: BrowserSocket } {
  const origin = `http://127.0.0.1:${host.port}`;
  const socket = new BrowserSocket(`ws://127.0.0.1:${host.port}/console`, { headers: { cookie, origin } });
  return { client: createORPCClient(new RPCLink({ websocket: socket })), socket };
}

test('the address opens the screen once and gives a cookie that scripts cannot read', async () => {
  const { pathname, search } = new URL(host.address());
  const opened = await get(`${pathname}${search}`);
  expect(String(opened.headers['set-cookie'])).toMatch(
    /^convoy-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
  );
  expect((await get(`${pathname}${search}`)).status).toBe(401);
  expect(next).toBe(host.address());
  expect(next).not.toContain(search);
});

test('with the cookie the page comes, without it nothing does', async () => {
  const cookie = await signIn();
  const page = await get('/', { cookie });
  expect(page.status).toBe(200);
  expect(page.text).toContain('Convoy');
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  for (const headers of [{}, { cookie: 'convoy-1=x' }, { cookie: cookie.replace(/.$/, '_') }]) {
    expect((await get('/', headers)).status).toBe(401);
  }
});

test('a name that points here from outside is refused (DNS rebinding)', async () => {
  const cookie = await signIn();
  expect((await get('/', { cookie, host: `evil.example:${host.port}` })).status).toBe(421);
});

test.each(['/../secret', '/%2e%2e/secret', '/..%5csecret', '//etc/passwd'])(
  '%s leads nowhere',
  async (path) => {
    expect((await get(path, { cookie: await signIn() })).status).toBe(404);
  },
);

test('only GET is answered', async () => {
  expect((await get('/', { cookie: await signIn() }, 'POST')).status).toBe(405);
});

test('the console answers a browser that was let in', async () => {
  const cookie = await signIn();
  const { client, socket } = consoleOf(cookie);
  expect(await client.machine.about()).toMatchObject({ version: '1.2.3', practice: true });
  socket.close();
});

test('the console is closed to other origins, other paths, and browsers without the cookie', async () => {
  const cookie = await signIn();
  const origin = `http://127.0.0.1:${host.port}`;
  const attempts = [
    connect({ origin }),
    connect({ cookie }),
    connect({ cookie, origin: 'https://evil.example' }),
    connect({ cookie, origin, host: `evil.example:${host.port}` }),
    connect({ cookie, origin }, '/other'),
  ];
  for (const socket of attempts) {
    const [error] = await once(socket, 'error');
    expect(String(error)).toContain('403');
  }
});

test('whoever is refused and gone at once ends nothing but its own connection', async () => {
  for (let i = 0; i < 20; i += 1) {
    const socket = connectTcp(host.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(
      `GET /console HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nOrigin: https://evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
    );
    socket.resetAndDestroy();
    await once(socket, 'close');
  }
  const { client, socket } = consoleOf(await signIn());
  expect(await client.machine.about()).toMatchObject({ practice: true });
  socket.close();
});

test('a message that no screen sends is too long for it', async () => {
  const cookie = await signIn();
  const socket = connect({ cookie, origin: `http://127.0.0.1:${host.port}` });
  await once(socket, 'open');
  socket.send('x'.repeat(MOST_MESSAGE_BYTES + 1));
  const [code] = await once(socket, 'close');
  expect(code).toBe(1009);
});

test('junk is no way to bring it down', async () => {
  const cookie = await signIn();
  const socket = connect({ cookie, origin: `http://127.0.0.1:${host.port}` });
  await once(socket, 'open');
  for (const junk of ['', '{', '[]', '{"i":1}', Buffer.from([0, 255, 1])]) socket.send(junk);
  const other = consoleOf(cookie);
  expect(await other.client.machine.about()).toMatchObject({ machine: 'test' });
  other.socket.close();
  socket.terminate();
});
