import { once } from 'node:events';
import { createServer } from 'node:https';
import { type Configuration, type INetworkModule, LogLevel } from '@azure/msal-node';
import { Agent, request } from 'undici';
import { type ClientCertificate, createClientCertificate, createTestAuthority } from '../certificates.ts';
import { createEntra, type Entra, type EntraOptions } from './entra.ts';

export const TENANT = 'aaaabbbb-0000-cccc-1111-dddd2222eeee';
export const ROBOT = '11111111-aaaa-bbbb-cccc-000000000001';
export const DESKTOP = '11111111-aaaa-bbbb-cccc-000000000002';
/** The token endpoint. */
export const TOKEN = `/${TENANT}/oauth2/v2.0/token`;
export const ADMIN = 'megan@practice.test';
export const MEMBER = 'alex@practice.test';

export interface TestEntra {
  readonly entra: Entra;
  readonly baseUrl: string;
  readonly certificate: ClientCertificate;
  /** Trusts the test authority. */
  readonly agent: Agent;
  /** A network client for msal that trusts the test authority, and counts what it sends. */
  readonly network: INetworkModule & { sent: number };
  readonly clock: { ahead: number };
  readonly msal: (clientId: string) => Configuration;
  /** Posts a form and gives the answer. */
  readonly post: (path: string, form: Record<string, string>) => Promise<TestAnswer>;
  readonly get: (path: string) => Promise<TestAnswer>;
  readonly close: () => Promise<void>;
}

export interface TestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly json: () => Record<string, unknown>;
}

const createNetwork = (agent: Agent): TestEntra['network'] => {
  const send = async (
    url: string,
    method: 'GET' | 'POST',
    init: { headers?: Record<string, string>; body?: string },
  ) => {
    network.sent += 1;
    const answer = await request(url, { method, dispatcher: agent, ...init });
    return { status: answer.statusCode, headers: {}, body: JSON.parse(await answer.body.text()) };
  };
  const network: TestEntra['network'] = {
    sent: 0,
    sendGetRequestAsync: (url, options) => send(url, 'GET', { headers: options?.headers ?? {} }),
    sendPostRequestAsync: (url, options) =>
      send(url, 'POST', { headers: options?.headers ?? {}, body: options?.body ?? '' }),
  };
  return network;
};

/** Starts the sign-in half of a practice tenant alone, over TLS on loopback, with two apps and two people. */
export const startTestEntra = async (extra: Partial<EntraOptions> = {}): Promise<TestEntra> => {
  const authority = await createTestAuthority(['localhost', '127.0.0.1']);
  const certificate = await createClientCertificate('robot');
  const clock = { ahead: 0 };
  let baseUrl = '';
  const entra = createEntra({
    tenantId: TENANT,
    tenantNames: ['practice.test'],
    baseUrl: () => baseUrl,
    now: () => Date.now() + clock.ahead,
    apps: [
      {
        clientId: ROBOT,
        displayName: 'Robot',
        certificates: [certificate],
        secrets: ['open sesame'],
        applicationPermissions: ['Sites.ReadWrite.All', 'User.Read.All'],
        delegatedPermissions: [],
      },
      {
        clientId: DESKTOP,
        displayName: 'Desk & <top>',
        certificates: [],
        applicationPermissions: [],
        delegatedPermissions: ['Files.ReadWrite.All', 'Sites.ReadWrite.All'],
      },
    ],
    users: [
      {
        id: '22222222-0000-0000-0000-000000000001',
        upn: ADMIN,
        displayName: 'Megan',
        roles: ['global-administrator'],
      },
      { id: '22222222-0000-0000-0000-000000000002', upn: MEMBER, displayName: "Alex O'Neill", roles: [] },
    ],
    ...extra,
  });
  const server = createServer({ key: authority.keyPem, cert: authority.certPem }, (req, res) => {
    const answer = async (): Promise<void> => {
      if (await entra.handle(req, res, new URL(req.url ?? '/', baseUrl))) return;
      res.writeHead(418);
      res.end('not ours');
    };
    answer().catch((error: unknown) => {
      res.writeHead(500);
      res.end(String(error));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  baseUrl = `https://localhost:${address.port}`;
  const agent = new Agent({ connect: { ca: authority.caPem } });
  const network = createNetwork(agent);
  const call = async (path: string, form?: Record<string, string>): Promise<TestAnswer> => {
    const answer = await request(path.startsWith('http') ? path : `${baseUrl}${path}`, {
      dispatcher: agent,
      ...(form === undefined
        ? {}
        : {
            method: 'POST',
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
            body: new URLSearchParams(form).toString(),
          }),
    });
    const text = await answer.body.text();
    return { status: answer.statusCode, headers: answer.headers, text, json: () => JSON.parse(text) };
  };
  return {
    entra,
    baseUrl,
    certificate,
    agent,
    network,
    clock,
    msal: (clientId) => ({
      auth: {
        clientId,
        authority: `${baseUrl}/${TENANT}`,
        knownAuthorities: [new URL(baseUrl).host],
        clientCapabilities: ['cp1'],
      },
      system: {
        networkClient: network,
        loggerOptions: { logLevel: LogLevel.Error, loggerCallback: () => undefined },
      },
    }),
    post: (path, form) => call(path, form),
    get: (path) => call(path),
    close: async () => {
      await agent.close();
      server.close();
      await once(server, 'close');
    },
  };
};

/** The AADSTS number and the two names that a client library decides by. */
export const refusalOf = (
  answer: TestAnswer,
): { status: number; code: unknown; error: unknown; suberror: unknown } => {
  const { error, suberror, error_codes: codes } = answer.json();
  return { status: answer.status, code: Array.isArray(codes) ? codes[0] : undefined, error, suberror };
};

export const textOf = (value: unknown): string => {
  if (typeof value !== 'string') throw new Error(`not a text: ${String(value)}`);
  return value;
};
