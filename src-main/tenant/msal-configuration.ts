import type { Configuration } from '@azure/msal-node';
import type { Cloud } from '../../src-shared/model/cloud.ts';
import type { SignInNetwork } from './sign-in-network.ts';

/** Microsoft's library. */
export type Msal = typeof import('@azure/msal-node');

/** Not before somebody signs in: it is a third of all that a command loads, and an assessment needs none of it. */
export function loadMsal(): Promise<Msal> {
  return import('@azure/msal-node');
}

/** What every application of msal is made with here. `tenant`: id, domain, or `organizations`. */
export function msalConfiguration(
  { LogLevel }: Msal,
  cloud: Pick<Cloud, 'authority'>,
  { tenant, clientId }: { readonly tenant: string; readonly clientId: string },
  network: SignInNetwork,
): Configuration & { auth: { clientId: string } } {
  return {
    auth: {
      clientId,
      authority: `${cloud.authority.replace(/\/+$/, '')}/${encodeURIComponent(tenant)}`,
      // Without this msal asks login.microsoftonline.com whether it knows the host of any other cloud.
      knownAuthorities: [new URL(cloud.authority).host],
      // We understand claims challenges, so tokens live longer and a revocation still counts at once (CAE).
      clientCapabilities: ['cp1'],
    },
    system: {
      networkClient: network,
      loggerOptions: { logLevel: LogLevel.Error, loggerCallback: () => undefined },
    },
  };
}

/** The service that Graph is, as tokens name it. */
export function graphOrigin({ graph }: Pick<Cloud, 'graph'>): string {
  return new URL(graph).origin;
}

/** All permissions for a service that were granted to the application, as one scope. */
export function allScopes(origin: string): string[] {
  return [`${origin}/.default`];
}
