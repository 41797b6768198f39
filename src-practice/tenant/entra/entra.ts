import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AadstsCode } from './aadsts.ts';
import { authorize } from './authorize.ts';
import { createDeviceCodes, type DeviceSignIn } from './device-codes.ts';
import { createDirectory, type DirectoryRole, type PracticeApp, type PracticeUser } from './directory.ts';
import { createGrants } from './grants.ts';
import { createSigningKey } from './jwt.ts';
import { type Refusal, refuse } from './refusals.ts';
import { createRoutes } from './routes.ts';
import { applicationPermissionsFor } from './scopes.ts';
import { createTokens, type TokenCheck } from './tokens.ts';

export interface EntraOptions {
  readonly tenantId: string;
  /** Other names of the tenant in addresses, e.g. `contoso.onmicrosoft.com`. */
  readonly tenantNames?: readonly string[];
  /** `https://host:port` without a slash at the end; asked for when needed, because the port is known late. */
  readonly baseUrl: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly apps: readonly PracticeApp[];
  readonly users: readonly PracticeUser[];
  /** Seconds between two polls of a device sign-in; 5 when absent, as Entra says. */
  readonly deviceCodeInterval?: number;
  /** Gives a new UUID; random when absent. */
  readonly newId?: () => string;
}

/** The sign-in half of the practice tenant. */
export interface Entra {
  /** Answers a request if it belongs to sign-in; false, and nothing touched, if it does not. */
  readonly handle: (req: IncomingMessage, res: ServerResponse, url: URL) => boolean | Promise<boolean>;
  /** Judges the Authorization header of a request to Graph or SharePoint. */
  readonly checkToken: (authorization: string | undefined) => TokenCheck;
  /** The WWW-Authenticate header of a 401 for a failed check. */
  readonly challenge: (check: TokenCheck & { ok: false }) => string;
  /** An access token without a sign-in, for a client that cannot sign in here. Throws for an unknown app or user. */
  readonly mintToken: (request: MintRequest) => string;
  /** From now on every access token made before is expired. */
  readonly expireTokensNow: () => void;
  /** From now on tokens made before meet a claims challenge, if their client declared `cp1`. */
  readonly challengeTokensNow: () => void;
  readonly setAccessTokenLifetime: (seconds: number) => void;
  /** The next sign-in (authorize, or token that would succeed) fails with this AADSTS number, once. */
  readonly failNextSignIn: (code: AadstsCode) => void;
  /** Ends all refresh tokens of a person, as after a change of password. Throws for an unknown user. */
  readonly revokeSignIns: (user: string) => void;
  readonly registerApp: (app: PracticeApp) => void;
  readonly registerUser: (user: PracticeUser) => void;
  /** Directory roles of a person as they are now, whatever older tokens say; none for whoever is not known. */
  readonly rolesOf: (user: string) => readonly DirectoryRole[];
  /** Whether tokens tell the directory roles of a person (`wids`), as they do in most organisations. */
  readonly tellRolesInTokens: (tell: boolean) => void;
  readonly apps: () => readonly PracticeApp[];
  readonly users: () => readonly PracticeUser[];
  /** Device sign-ins that wait for a person. */
  readonly waitingDevices: () => readonly DeviceSignIn[];
  /** False when no such code waits. Throws for an unknown user. */
  readonly approveDevice: (userCode: string, user: string) => boolean;
  readonly declineDevice: (userCode: string) => boolean;
}

export interface MintRequest {
  readonly clientId: string;
  /** User principal name or object id; absent: the application acts for itself. */
  readonly user?: string;
  /** The API that the token is for; Graph when absent. */
  readonly resource?: string;
}

/** The application id of Graph, which its challenges name. */
const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';

/**
 * Makes the sign-in half of a practice tenant. Everything is in memory: keys, codes and refresh tokens end with
 * it. It behaves as Entra documents, with two liberties: no passwords are asked for, and an application whose
 * certificate is not on file may be taken at its word (`certificates: 'any'`).
 */
export const createEntra = (options: EntraOptions): Entra => {
  const { tenantId, baseUrl, now } = options;
  const newId = options.newId ?? randomUUID;
  const directory = createDirectory(options.apps, options.users);
  const grants = createGrants(now, newId);
  const interval = options.deviceCodeInterval ?? 5;
  const deviceCodes = createDeviceCodes(now, newId, interval);
  const key = createSigningKey();
  const tokens = createTokens({ tenantId, baseUrl, now, newId, key });
  let ordered: Refusal | undefined;

  const takeFailure = (): Refusal | undefined => {
    const refusal = ordered;
    ordered = undefined;
    return refusal;
  };

  const knownUser = (name: string): PracticeUser => {
    const user = directory.user(name);
    if (user === undefined) throw new Error(`the practice tenant has no user ${name}`);
    return user;
  };

  return {
    handle: createRoutes({
      tenantId,
      tenantNames: options.tenantNames ?? [],
      baseUrl,
      newId,
      deviceCodeInterval: interval,
      jwk: key.jwk,
      authorize: (form) => authorize(form, directory, grants, tenantId, takeFailure),
      endpoint: { directory, grants, deviceCodes, tokens, tenantId, now, takeFailure },
    }),
    checkToken: tokens.check,
    challenge: (check) => {
      const realm = `Bearer realm="", authorization_uri="${baseUrl()}/common/oauth2/authorize", client_id="${GRAPH_APP_ID}"`;
      if (check.claims === undefined)
        return check.reason === 'missing' ? realm : `${realm}, error="invalid_token"`;
      const claims = Buffer.from(check.claims).toString('base64');
      return `${realm}, error="insufficient_claims", claims="${claims}"`;
    },
    mintToken: ({ clientId, user, resource }) => {
      const app = directory.app(clientId);
      if (app === undefined) throw new Error(`the practice tenant has no application ${clientId}`);
      const person = user === undefined ? undefined : knownUser(user);
      const api = resource ?? 'https://graph.microsoft.com';
      return tokens.accessToken({
        app,
        resource: api,
        permissions: person === undefined ? applicationPermissionsFor(app, api) : app.delegatedPermissions,
        capabilities: [],
        byCertificate: person === undefined,
        ...(person === undefined ? {} : { user: person }),
      });
    },
    expireTokensNow: tokens.expireAll,
    challengeTokensNow: tokens.challengeAll,
    setAccessTokenLifetime: tokens.setLifetime,
    failNextSignIn: (code) => {
      ordered = refuse(code).refusal;
    },
    revokeSignIns: (user) => grants.revoke(knownUser(user).id),
    registerApp: directory.putApp,
    registerUser: directory.putUser,
    rolesOf: (user) => directory.user(user)?.roles ?? [],
    tellRolesInTokens: tokens.tellRoles,
    apps: directory.apps,
    users: directory.users,
    waitingDevices: deviceCodes.waiting,
    approveDevice: (userCode, user) =>
      deviceCodes.decide(userCode, { kind: 'approved', userId: knownUser(user).id }),
    declineDevice: (userCode) => deviceCodes.decide(userCode, { kind: 'declined' }),
  };
};
