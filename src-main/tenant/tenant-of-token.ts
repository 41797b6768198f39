import { z } from 'zod';

const claimsSchema = z.object({ tid: z.string().min(1).max(255) });

/**
 * The id of the tenant that a token of Entra was given for (its claim `tid`). A person may call a tenant by any of its domain names or by its
 * id; what has to be the same for all of them goes by this. Undefined for a token that cannot be read: clients are promised nothing about
 * what is in one that is meant for Graph, so nobody may depend on it.
 */
export function tenantOfToken(token: string): string | undefined {
  const [, claims] = token.split('.');
  if (claims === undefined) return undefined;
  try {
    return claimsSchema.safeParse(JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'))).data?.tid;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
