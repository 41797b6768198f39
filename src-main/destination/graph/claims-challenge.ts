import { jsonOf } from './answer.ts';
import type { WireHeaders } from './exchange.ts';

/**
 * The claims that a new token must carry, as JSON; undefined where the service asks for none. It says so with a 401 and
 * `WWW-Authenticate: Bearer ..., error="insufficient_claims", claims="<base64>"` (continuous access evaluation).
 */
export function claimsAsked(headers: WireHeaders): string | undefined {
  const given = headers['www-authenticate'];
  const text = Array.isArray(given) ? given.join(', ') : (given ?? '');
  if (!/error="?insufficient_claims/.test(text)) return undefined;
  const encoded = /claims="([A-Za-z0-9+/=_-]+)"/.exec(text)?.[1];
  if (encoded === undefined) return undefined;
  const claims = Buffer.from(encoded, 'base64').toString('utf8');
  const parsed = jsonOf(claims);
  return typeof parsed === 'object' && parsed !== null ? claims : undefined;
}
