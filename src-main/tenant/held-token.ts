import type { Result } from '../../src-shared/model/problem.ts';
import { ok } from '../../src-shared/model/problem.ts';
import type { TokenOptions } from './token-source.ts';

/** A token that came, and when it ends (milliseconds since 1970). */
export interface FreshToken {
  readonly token: string;
  readonly expires: number;
}

interface Held extends FreshToken {
  readonly renewAt: number;
}

/** A token is renewed this long before its end (msal's own figure), or at half of a shorter life. */
const RENEW_BEFORE = 300_000;

/**
 * Keeps a token and renews it: one acquisition at a time, however many ask. It is kept here and not taken from msal's cache each
 * time, since it is asked for before every request, and there are thousands of them a second.
 * @param acquire asks Entra; never the cache
 */
export function heldToken(
  acquire: (claims: string | undefined) => Promise<Result<FreshToken>>,
  now: () => number,
): (options?: TokenOptions) => Promise<Result<string>> {
  let held: Held | undefined;
  let underWay: Promise<Result<string>> | undefined;

  const fetch = async (claims: string | undefined): Promise<Result<string>> => {
    try {
      const fresh = await acquire(claims);
      if (!fresh.ok) return fresh;
      const { token, expires } = fresh.value;
      held = { token, expires, renewAt: expires - Math.min(RENEW_BEFORE, (expires - now()) / 2) };
      return ok(token);
    } finally {
      underWay = undefined;
    }
  };

  return async ({ refresh = false, claims } = {}) => {
    if (!refresh && held !== undefined && now() < held.renewAt) return ok(held.token);
    underWay ??= fetch(claims);
    const result = await underWay;
    // Entra may be away for a while; until the end of the token we hold that is no trouble.
    const passes = !refresh && !result.ok && result.problem.code === 'sign-in-unreachable';
    return passes && held !== undefined && held.expires > now() ? ok(held.token) : result;
  };
}
