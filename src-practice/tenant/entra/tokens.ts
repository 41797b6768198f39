import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type PracticeApp, type PracticeUser, roleTemplateIds } from './directory.ts';
import { decodeJwt, type SigningKey } from './jwt.ts';

export interface TokenContext {
  readonly tenantId: string;
  readonly baseUrl: () => string;
  readonly now: () => number;
  readonly newId: () => string;
  readonly key: SigningKey;
}

/** What an access token is asked for. */
export interface AccessTokenRequest {
  readonly app: PracticeApp;
  /** Absent: the application acts for itself. */
  readonly user?: PracticeUser;
  readonly resource: string;
  readonly permissions: readonly string[];
  /** What the client declares that it can do; `cp1` means that it understands claims challenges. */
  readonly capabilities: readonly string[];
  /** The client proved who it is with a certificate. */
  readonly byCertificate: boolean;
}

/** What a valid access token says. */
export interface TokenGrant {
  readonly appId: string;
  /** Object id of the person; absent when the application acts for itself. */
  readonly userId?: string;
  /** The API that the token was made for. */
  readonly audience: string;
  /** Application permissions, or the delegated ones. */
  readonly permissions: readonly string[];
  /** The client had proved who it is with a certificate. */
  readonly byCertificate: boolean;
}

export type TokenCheck =
  | ({ readonly ok: true } & TokenGrant)
  | {
      readonly ok: false;
      readonly reason: 'missing' | 'expired' | 'invalid';
      /** Claims (JSON) that a new token must be asked for with; only to clients that declared `cp1`. */
      readonly claims?: string;
    };

export interface Tokens {
  readonly accessToken: (request: AccessTokenRequest) => string;
  readonly idToken: (app: PracticeApp, user: PracticeUser, nonce: string | undefined) => string;
  /** Seconds that a new access token lives. */
  readonly lifetime: () => number;
  readonly setLifetime: (seconds: number) => void;
  /** Whether the directory roles of a person are in their tokens. */
  readonly tellRoles: (tell: boolean) => void;
  /** Judges an Authorization header. */
  readonly check: (authorization: string | undefined) => TokenCheck;
  /** Every access token made so far is over. */
  readonly expireAll: () => void;
  /** Every access token made so far for a client with `cp1` meets a claims challenge. */
  readonly challengeAll: () => void;
}

/** An hour less a second, as Entra's answers commonly say (it draws 60 to 90 minutes). */
const DEFAULT_LIFETIME = 3599;
/** Verifying costs some 40 microseconds, and a client sends one token thousands of times: remember this many. */
const REMEMBERED_TOKENS = 1_000;

/** Values of `appidacr`: how a client proved who it is. */
const NO_PROOF = '0';
const BY_SECRET = '1';
const BY_CERTIFICATE = '2';

const claimsSchema = z.object({
  appid: z.string(),
  aud: z.string(),
  idtyp: z.enum(['app', 'user']),
  oid: z.string(),
  exp: z.number(),
  iat: z.number(),
  scp: z.string().optional(),
  roles: z.array(z.string()).optional(),
  appidacr: z.string(),
  xms_cc: z.array(z.string()).optional(),
  practice_generation: z.number(),
});

type AccessClaims = z.infer<typeof claimsSchema>;

/** The same person has another `sub` in each application. */
const pairwiseSubject = (app: PracticeApp, user: PracticeUser): string =>
  createHash('sha256').update(`${app.clientId}/${user.id}`).digest('base64url');

/** `client_info`: how the client library learns the account id, `<object id>.<tenant id>`. */
export const clientInfo = (user: PracticeUser, tenantId: string): string =>
  Buffer.from(JSON.stringify({ uid: user.id, utid: tenantId })).toString('base64url');

/** Makes and judges the tokens of one practice tenant. */
export const createTokens = (context: TokenContext): Tokens => {
  const verified = new Map<string, AccessClaims>();
  let lifetime = DEFAULT_LIFETIME;
  let rolesTold = true;
  const directoryRoleClaim = (user: PracticeUser): { readonly wids?: readonly string[] } =>
    rolesTold ? { wids: user.roles.map((role) => roleTemplateIds[role]) } : {};
  // Each token carries the generation it was made in, so that all earlier ones can be ended at a stroke, also
  // within one second (which is all that iat and nbf can tell).
  let generation = 0;
  let expiredBelow = 0;
  let challengedBelow = 0;

  const seconds = (): number => Math.floor(context.now() / 1000);

  const times = (life: number): { iat: number; nbf: number; exp: number } => {
    const iat = seconds();
    return { iat, nbf: iat, exp: iat + life };
  };

  const claimsOf = (token: string): AccessClaims | undefined => {
    const known = verified.get(token);
    if (known !== undefined) return known;
    const jwt = decodeJwt(token);
    if (jwt === undefined || !context.key.verify(jwt)) return undefined;
    const claims = claimsSchema.safeParse(jwt.payload);
    if (!claims.success) return undefined;
    if (verified.size >= REMEMBERED_TOKENS) verified.clear();
    verified.set(token, claims.data);
    return claims.data;
  };

  return {
    lifetime: () => lifetime,
    setLifetime: (value) => {
      lifetime = value;
    },
    tellRoles: (tell) => {
      rolesTold = tell;
    },
    expireAll: () => {
      generation += 1;
      expiredBelow = generation;
    },
    challengeAll: () => {
      generation += 1;
      challengedBelow = generation;
    },
    accessToken: ({ app, user, resource, permissions, capabilities, byCertificate }) => {
      const appidacr = byCertificate ? BY_CERTIFICATE : user === undefined ? BY_SECRET : NO_PROOF;
      return context.key.sign({
        aud: resource,
        // Graph still gets tokens of the first version, whose issuer is this host in every cloud-wide tenant.
        iss: `https://sts.windows.net/${context.tenantId}/`,
        ...times(lifetime),
        app_displayname: app.displayName,
        appid: app.clientId,
        tid: context.tenantId,
        uti: context.newId(),
        ver: '1.0',
        practice_generation: generation,
        ...(capabilities.length === 0 ? {} : { xms_cc: capabilities }),
        ...(user === undefined
          ? { idtyp: 'app', oid: app.clientId, sub: app.clientId, appidacr, roles: permissions }
          : {
              idtyp: 'user',
              oid: user.id,
              sub: pairwiseSubject(app, user),
              appidacr,
              name: user.displayName,
              upn: user.upn,
              unique_name: user.upn,
              scp: permissions.join(' '),
              ...directoryRoleClaim(user),
            }),
      });
    },
    idToken: (app, user, nonce) =>
      context.key.sign({
        aud: app.clientId,
        iss: `${context.baseUrl()}/${context.tenantId}/v2.0`,
        ...times(DEFAULT_LIFETIME),
        name: user.displayName,
        oid: user.id,
        preferred_username: user.upn,
        sub: pairwiseSubject(app, user),
        tid: context.tenantId,
        uti: context.newId(),
        ver: '2.0',
        ...directoryRoleClaim(user),
        ...(nonce === undefined ? {} : { nonce }),
      }),
    check: (authorization) => {
      if (authorization === undefined || authorization === '') return { ok: false, reason: 'missing' };
      const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
      const claims = token === undefined ? undefined : claimsOf(token);
      if (claims === undefined) return { ok: false, reason: 'invalid' };
      if (claims.exp <= context.now() / 1000 || claims.practice_generation < expiredBelow) {
        return { ok: false, reason: 'expired' };
      }
      if (claims.practice_generation < challengedBelow && claims.xms_cc?.includes('cp1') === true) {
        const nbf = { essential: true, value: String(seconds()) };
        return { ok: false, reason: 'invalid', claims: JSON.stringify({ access_token: { nbf } }) };
      }
      return {
        ok: true,
        appId: claims.appid,
        audience: claims.aud,
        byCertificate: claims.appidacr === BY_CERTIFICATE,
        permissions: claims.idtyp === 'app' ? (claims.roles ?? []) : (claims.scp ?? '').split(' '),
        ...(claims.idtyp === 'user' ? { userId: claims.oid } : {}),
      };
    },
  };
};
