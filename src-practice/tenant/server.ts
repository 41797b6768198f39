import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Cloud } from '../../src-shared/model/cloud.ts';
import { createTestAuthority } from './certificates.ts';
import { createClock } from './clock.ts';
import { createControl } from './control.ts';
import type { PracticeControl, TenantFacts } from './control-contract.ts';
import { createControlDoor } from './control-http.ts';
import { createEntra, type Entra } from './entra/entra.ts';
import { createFrontDoor } from './front-door.ts';
import { namedGuid } from './ids.ts';
import { type PracticeOptions, practiceOptionsSchema } from './options.ts';
import { practiceUsers } from './practice-users.ts';
import { createTenant } from './tenant.ts';

/** A running practice tenant. */
export interface PracticeTenant extends TenantFacts {
  readonly cloud: Cloud;
  readonly control: PracticeControl;
  /** The sign-in half, for tests in this process. */
  readonly entra: Entra;
  readonly close: () => Promise<void>;
}

/** Permissions that a migration needs (graph-files.md, section 14); the practice administrator granted them all. */
const PERMISSIONS = ['Sites.ReadWrite.All', 'Files.ReadWrite.All', 'User.Read.All', 'GroupMember.Read.All'];

/**
 * Starts a practice tenant on 127.0.0.1: one listener for http, one for https, each with everything.
 * Rejects when a port is taken or the data folder cannot be used. `now` replaces the clock, in milliseconds.
 */
export async function startPracticeTenant(
  options: PracticeOptions = {},
  now: () => number = Date.now,
): Promise<PracticeTenant> {
  const settings = practiceOptionsSchema.parse(options);
  const authority = await createTestAuthority(['localhost', '127.0.0.1', ...settings.tlsHosts]);
  const clock = createClock(now);
  const tenant = createTenant(settings, clock);
  const apps = {
    headless: namedGuid(settings.seed, 'app:headless'),
    desktop: namedGuid(settings.seed, 'app:desktop'),
  };
  let httpsPort = 0;
  const entra = createEntra({
    tenantId: tenant.organisation.tenantId,
    tenantNames: [`${settings.name}.onmicrosoft.com`, `${settings.name}.example`],
    baseUrl: () => `https://localhost:${httpsPort}`,
    now: clock.now,
    deviceCodeInterval: settings.deviceCodeSeconds,
    apps: [
      {
        clientId: apps.headless,
        displayName: 'Convoy (practice, headless)',
        certificates: 'any',
        secrets: 'any',
        applicationPermissions: PERMISSIONS,
        sharePointPermissions: settings.sharePointRest ? ['Sites.FullControl.All'] : [],
        delegatedPermissions: [],
      },
      {
        clientId: apps.desktop,
        displayName: 'Convoy (practice, desktop)',
        certificates: [],
        applicationPermissions: [],
        delegatedPermissions: ['User.Read', ...PERMISSIONS],
      },
    ],
    users: practiceUsers(settings.seed, tenant.organisation.people),
  });
  const control = createControl(tenant, entra, apps.headless);
  const facts = (): TenantFacts => ({
    cloud: {
      name: 'practice',
      authority: `https://localhost:${httpsPort}`,
      graph: settings.graphOverTls
        ? `https://localhost:${httpsPort}/v1.0`
        : `http://127.0.0.1:${portOf(http)}/v1.0`,
      sharePointHostSuffix: '.sharepoint.practice',
      sharePoint: settings.graphOverTls
        ? `https://localhost:${httpsPort}/sharepoint`
        : `http://127.0.0.1:${portOf(http)}/sharepoint`,
      certificateAuthority: authority.caPem,
      desktopApp: apps.desktop,
    },
    tenantId: tenant.organisation.tenantId,
    hostName: tenant.organisation.hostName,
    oneDriveHost: tenant.organisation.oneDriveHost,
    httpPort: portOf(http),
    httpsPort,
    apps,
  });
  const door = createFrontDoor(tenant, entra, createControlDoor(control, facts));
  const http = createServer({ highWaterMark: 256 * 1024 }, door);
  const https = createTlsServer({ key: authority.keyPem, cert: authority.certPem }, door);
  for (const server of [http, https]) server.on('connection', () => tenant.pulse.accepted());
  const close = async (): Promise<void> => {
    await Promise.all([http, https].map(closeServer));
    await tenant.close();
  };
  try {
    await listen(http, settings.httpPort);
    await listen(https, settings.httpsPort);
  } catch (error) {
    await close();
    throw error;
  }
  httpsPort = portOf(https);
  return { ...facts(), control, entra, close };
}

async function listen(server: Server, port: number): Promise<void> {
  // Uploads may take as long as they take, and idle connections are kept longer than any client keeps them.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 120_000;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the practice tenant does not listen');
  return address.port;
}
