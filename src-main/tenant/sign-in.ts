import type { ConfidentialClientApplication } from '@azure/msal-node';
import type { Dispatcher } from 'undici';
import type { Cloud } from '../../src-shared/model/cloud.ts';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import { readCertificate } from './certificate.ts';
import { createHttp } from './http.ts';
import { SignInNetwork } from './sign-in-network.ts';
import type { TokenSource } from './token-source.ts';

export interface CertificateSignIn {
  readonly cloud: Cloud;
  /** Tenant id or one of its domain names. */
  readonly tenant: string;
  readonly clientId: string;
  /** PEM text with private key and certificate. */
  readonly certificatePem: string;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
  /** Connections to use; own ones when absent. */
  readonly http?: Dispatcher | undefined;
}

interface Held {
  readonly token: string;
  readonly renewAt: number;
  readonly expires: number;
}

/** A token is renewed this long before its end (msal's own figure), or at half of a shorter life. */
const RENEW_BEFORE = 300_000;
/** No longer than the first line: what follows it are trace ids, which are in the detail already. */
const LONGEST_DETAIL = 600;

/**
 * Signs in as an application, by certificate. Nothing is asked of Entra until the first token is wanted; then one
 * acquisition runs at a time, however many ask. The token is kept here and not taken from msal's cache each time:
 * it is asked for before every request, and there are thousands of them a second.
 * Codes: certificate-unreadable, sign-in-incomplete at once; those of {@link TokenSource.token} later.
 */
export function signInByCertificate(options: CertificateSignIn): Result<TokenSource> {
  const { cloud, tenant, clientId, now = Date.now } = options;
  if (tenant === '' || clientId === '') return failed('sign-in-incomplete');
  const certificate = readCertificate(options.certificatePem);
  if (!certificate.ok) return certificate;
  const { privateKey, thumbprintSha256 } = certificate.value;
  const network = new SignInNetwork(options.http ?? createHttp(cloud));
  const authority = new URL(cloud.authority);
  const createApp = async (): Promise<ConfidentialClientApplication> => {
    // Not before somebody signs in: it is a third of all that a command loads, and an assessment needs none of it.
    const { ConfidentialClientApplication, LogLevel } = await import('@azure/msal-node');
    return new ConfidentialClientApplication({
      auth: {
        clientId,
        authority: `${cloud.authority.replace(/\/+$/, '')}/${tenant}`,
        // Without this msal asks login.microsoftonline.com whether it knows the host of any other cloud.
        knownAuthorities: [authority.host],
        clientCertificate: { privateKey, thumbprintSha256 },
      },
      system: {
        networkClient: network,
        loggerOptions: { logLevel: LogLevel.Error, loggerCallback: () => undefined },
      },
    });
  };
  let app: ConfidentialClientApplication | undefined;
  const acquire = async (origin: string): Promise<Result<Held>> => {
    network.forget();
    try {
      app ??= await createApp();
      const scopes = [`${origin}/.default`];
      const answer = await app.acquireTokenByClientCredential({ scopes, skipCache: true });
      if (answer === null)
        return failed('sign-in-refused', { where: authority.host, detail: 'no token came' });
      const expires = answer.expiresOn?.getTime() ?? now();
      const renewAt = expires - Math.min(RENEW_BEFORE, (expires - now()) / 2);
      return ok({ token: answer.accessToken, renewAt, expires });
    } catch (error) {
      // msal keeps what it learnt about an authority, also the failure to learn it.
      app = undefined;
      return explain(error, network, authority.host);
    }
  };

  const who = { tenant, account: clientId };
  const own = heldTokens(() => acquire(new URL(cloud.graph).origin), now);
  const others = new Map<string, TokenSource>();
  return ok({
    who,
    token: own,
    forHost(origin) {
      const known = others.get(origin) ?? { who, token: heldTokens(() => acquire(origin), now) };
      others.set(origin, known);
      return known;
    },
  });
}

/** Keeps a token until it is to be renewed; one acquisition at a time. */
function heldTokens(acquire: () => Promise<Result<Held>>, now: () => number): TokenSource['token'] {
  let held: Held | undefined;
  let underWay: Promise<Result<string>> | undefined;
  const renew = async (): Promise<Result<string>> => {
    underWay ??= acquire()
      .then((got): Result<string> => {
        if (!got.ok) return got;
        held = got.value;
        return ok(held.token);
      })
      .finally(() => {
        underWay = undefined;
      });
    return underWay;
  };
  return async ({ refresh = false } = {}) => {
    if (refresh) return renew();
    if (held !== undefined && now() < held.renewAt) return ok(held.token);
    const result = await renew();
    // Entra may be away for a while; until the end of the token we hold that is no trouble.
    const usable = held !== undefined && held.expires > now();
    return !result.ok && result.problem.code === 'sign-in-unreachable' && usable && held !== undefined
      ? ok(held.token)
      : result;
  };
}

/** Who said no: Entra (with its AADSTS code), or the way to it. */
function explain(error: unknown, network: SignInNetwork, host: string): Result<never> {
  const said = error instanceof Error ? error.message : String(error);
  const { trouble } = network;
  const aadsts = [said, trouble?.detail ?? ''].find((text) => /AADSTS\d+/.test(text));
  if (aadsts !== undefined) {
    const detail = aadsts
      .slice(aadsts.search(/AADSTS\d+/))
      .split(/\r?\n/)[0]
      ?.slice(0, LONGEST_DETAIL);
    return failed('sign-in-refused', { where: host, detail });
  }
  if (trouble !== undefined && trouble.kind !== 'refused') {
    return failed('sign-in-unreachable', { where: trouble.host, detail: trouble.detail });
  }
  return failed('sign-in-refused', { where: host, detail: said.slice(0, LONGEST_DETAIL) });
}
