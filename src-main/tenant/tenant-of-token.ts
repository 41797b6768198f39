import { z } from 'zod';
import { jsonOf } from '../basics/json-of.ts';

const tenantSchema = z.object({ tid: z.string().min(1).max(255) });
const rolesSchema = z.object({ wids: z.array(z.string()) });

/**
 * The id of the tenant that a token of Entra was given for (its claim `tid`). A person may call a tenant by any of its domain names or by its
 * id; what has to be the same for all of them goes by this. Undefined for a token that cannot be read: clients are promised nothing about
 * what is in one that is meant for Graph, so nobody may depend on it.
 */
export function tenantOfToken(token: string): string | undefined {
  return tenantSchema.safeParse(claimsOf(token)).data?.tid;
}

/** Template ids of the directory roles of the person that a token is for (its claim `wids`); undefined where it does not say. */
export function rolesOfToken(token: string): readonly string[] | undefined {
  return rolesSchema.safeParse(claimsOf(token)).data?.wids;
}

function claimsOf(token: string): unknown {
  const [, claims] = token.split('.');
  return claims === undefined ? undefined : jsonOf(Buffer.from(claims, 'base64url').toString('utf8'));
}
