import type { ConfidentialClientApplication } from '@azure/msal-node';
import type { Dispatcher } from 'undici';
import type { Cloud } from '../../src-shared/model/cloud.ts';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import { readCertificate } from './certificate.ts';
import { type FreshToken, heldToken } from './held-token.ts';
import { createHttp } from './http.ts';
import { allScopes, graphOrigin, loadMsal, msalConfiguration } from './msal-configuration.ts';
import { explainRefusal } from './refusal.ts';
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

/**
 * Signs in as an application, by certificate. Nothing is asked of Entra until the first token is wanted.
 * Codes: certificate-unreadable, sign-in-incomplete at once; those of {@link TokenSource.token} later.
 */
export function signInByCertificate(options: CertificateSignIn): Result<TokenSource> {
  const { cloud, tenant, clientId, now = Date.now } = options;
  if (tenant === '' || clientId === '') return failed('sign-in-incomplete');
  const certificate = readCertificate(options.certificatePem);
  if (!certificate.ok) return certificate;
  const { privateKey, thumbprintSha256 } = certificate.value;
  const network = new SignInNetwork(options.http ?? createHttp(cloud));
  const { host } = new URL(cloud.authority);
  const createApp = async (): Promise<ConfidentialClientApplication> => {
    const msal = await loadMsal();
    const { auth, system } = msalConfiguration(msal, cloud, { tenant, clientId }, network);
    return new msal.ConfidentialClientApplication({
      auth: { ...auth, clientCertificate: { privateKey, thumbprintSha256 } },
      ...(system === undefined ? {} : { system }),
    });
  };
  let app: ConfidentialClientApplication | undefined;

  const acquire = async (origin: string, claims: string | undefined): Promise<Result<FreshToken>> => {
    network.forget();
    try {
      app ??= await createApp();
      const answer = await app.acquireTokenByClientCredential({
        scopes: allScopes(origin),
        skipCache: true,
        ...(claims === undefined ? {} : { claims }),
      });
      if (answer === null) return failed('sign-in-refused', { where: host, detail: 'no token came' });
      return ok({ token: answer.accessToken, expires: answer.expiresOn?.getTime() ?? now() });
    } catch (error) {
      // msal keeps what it learnt about an authority, also the failure to learn it.
      app = undefined;
      return explainRefusal(error, network, host);
    }
  };
  const who = { tenant, account: clientId };
  const tokenOf = (origin: string) => heldToken((claims) => acquire(origin, claims), now);
  const others = new Map<string, TokenSource>();
  return ok({
    who,
    token: tokenOf(graphOrigin(cloud)),
    forHost(origin) {
      const known = others.get(origin) ?? { who, token: tokenOf(origin) };
      others.set(origin, known);
      return known;
    },
  });
}
