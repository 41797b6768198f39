import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import type { Cloud } from '../../src-shared/model/cloud.ts';

/** What proxies are read from: `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`, in capitals or not. */
export type ProxyEnvironment = Readonly<Record<string, string | undefined>>;

/** The practice tenant is on this computer, and a proxy elsewhere cannot reach it. */
const NEVER_PROXIED = 'localhost,127.0.0.1,[::1]';

/** Time that nothing at all may move in a request before it is given up, in milliseconds. Not the time that it may take. */
const NO_PROGRESS = 120_000;
const CONNECT = 15_000;
/** Connections are kept for this long without traffic. Firewalls of companies tend to drop idle ones after some minutes. */
const KEEP_ALIVE = 55_000;

/**
 * Makes the one thing that opens connections: keep-alive, proxies from the environment, and trust in what Node
 * trusts (with NODE_EXTRA_CA_CERTS) and in the cloud's own authority. Whoever makes it closes it; idle connections
 * do not keep a process alive.
 */
export function createHttp(
  cloud: Pick<Cloud, 'certificateAuthority'>,
  environment: ProxyEnvironment = process.env,
): Dispatcher {
  const tls = { secureContext: trustIn(cloud.certificateAuthority) };
  const options = {
    connect: { ...tls, timeout: CONNECT },
    headersTimeout: NO_PROGRESS,
    bodyTimeout: NO_PROGRESS,
    keepAliveTimeout: KEEP_ALIVE,
  };
  const named = (name: string): string | undefined => environment[name.toLowerCase()] ?? environment[name];
  const httpProxy = named('HTTP_PROXY') ?? '';
  const httpsProxy = named('HTTPS_PROXY') ?? '';
  if (httpProxy === '' && httpsProxy === '') return new Agent(options);
  const noProxy = named('NO_PROXY') ?? '';
  return new EnvHttpProxyAgent({
    ...options,
    requestTls: { ...tls, timeout: CONNECT },
    httpProxy,
    httpsProxy,
    noProxy: noProxy.trim() === '*' ? '*' : `${noProxy},${NEVER_PROXIED}`,
  });
}

/** By authority; a process speaks to one cloud, or to a few. */
const trusted = new Map<string | undefined, SecureContext>();

/** Once for all connections of the process: reading some 150 certificates takes 60 ms and some megabytes, each time. */
function trustIn(authority: string | undefined): SecureContext {
  let context = trusted.get(authority);
  if (context === undefined) {
    // Naming any authority replaces Node's own list, so that has to be named too.
    const trust = authority === undefined ? {} : { ca: [...getCACertificates('default'), authority] };
    context = createSecureContext(trust);
    trusted.set(authority, context);
  }
  return context;
}
