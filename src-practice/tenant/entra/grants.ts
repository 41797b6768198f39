import { createHash, timingSafeEqual } from 'node:crypto';
import { granted, type Outcome, refuse } from './refusals.ts';

/** Ten minutes: how long an authorization code of Entra lives. */
const CODE_LIFE = 10 * 60 * 1000;
/** Ninety days without use: how long a refresh token of a public client lives. */
const REFRESH_LIFE = 90 * 24 * 60 * 60 * 1000;

/** A sign-in that was granted to a client and waits to be fetched by its code. */
export interface CodeGrant {
  readonly clientId: string;
  readonly userId: string;
  readonly redirectUri: string;
  readonly scope: string;
  /** SHA-256 of the verifier in base64url (PKCE); absent when the client sent none. */
  readonly codeChallenge?: string;
  readonly nonce?: string;
}

/** What a refresh token stands for. */
export interface RefreshGrant {
  readonly clientId: string;
  readonly userId: string;
}

const sameText = (left: string, right: string): boolean => {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
};

const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

/** The codes and refresh tokens that are out, in memory: a practice tenant forgets them when it ends. */
export const createGrants = (now: () => number, newId: () => string) => {
  const codes = new Map<string, { grant: CodeGrant; expires: number; redeemed: boolean }>();
  const refreshTokens = new Map<string, { grant: RefreshGrant; lastUse: number; order: number }>();
  /** Refresh tokens of a person that are older than this place in the order of issue are revoked. */
  const revokedBefore = new Map<string, number>();
  let issued = 0;

  const putCode = (grant: CodeGrant): string => {
    const code = `0.${newId()}.${newId()}`;
    codes.set(code, { grant, expires: now() + CODE_LIFE, redeemed: false });
    return code;
  };

  const takeCode = (
    code: string,
    client: {
      readonly clientId: string;
      readonly redirectUri: string | undefined;
      readonly verifier: string | undefined;
    },
  ): Outcome<CodeGrant> => {
    const entry = codes.get(code);
    if (entry === undefined || entry.grant.clientId !== client.clientId) return refuse(70000);
    if (entry.redeemed) return refuse(54005);
    if (entry.expires <= now()) return refuse(70008);
    if (entry.grant.redirectUri !== client.redirectUri) return refuse(50011);
    const { codeChallenge } = entry.grant;
    if (codeChallenge !== undefined && !sameText(challengeOf(client.verifier ?? ''), codeChallenge)) {
      return refuse(501481);
    }
    entry.redeemed = true;
    return granted(entry.grant);
  };

  const putRefreshToken = (grant: RefreshGrant): string => {
    const token = `1.${newId()}.${newId()}`;
    issued += 1;
    refreshTokens.set(token, { grant, lastUse: now(), order: issued });
    return token;
  };

  /**
   * Looks a refresh token up. A used one stays good, as with Entra: an answer that was lost on the way must
   * not end the sign-in.
   */
  const takeRefreshToken = (token: string, clientId: string): Outcome<RefreshGrant> => {
    const entry = refreshTokens.get(token);
    if (entry === undefined || entry.grant.clientId !== clientId) return refuse(70000);
    if (entry.order <= (revokedBefore.get(entry.grant.userId) ?? 0)) return refuse(50173);
    if (entry.lastUse + REFRESH_LIFE <= now()) return refuse(700082);
    entry.lastUse = now();
    return granted(entry.grant);
  };

  return {
    putCode,
    takeCode,
    putRefreshToken,
    takeRefreshToken,
    /** Ends every sign-in of a person that was granted so far: the password changed, or an administrator did it. */
    revoke: (userId: string): void => {
      revokedBefore.set(userId, issued);
    },
  };
};

export type Grants = ReturnType<typeof createGrants>;
