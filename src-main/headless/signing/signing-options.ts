import { z } from 'zod';
import { text } from '../options.ts';

/** What may be said to sign-in and sign-out, after commander has taken it apart. */

export const signInOptionsSchema = z.object({
  data: text().optional(),
  cloud: text().optional(),
  tenant: text(253).optional(),
  clientId: text(253).optional(),
  deviceCode: z.boolean().default(false),
  browser: z.boolean().default(true),
  json: z.boolean().default(false),
});
export type SignInOptions = z.infer<typeof signInOptionsSchema>;

export const signOutOptionsSchema = signInOptionsSchema.pick({ data: true, json: true });
export type SignOutOptions = z.infer<typeof signOutOptionsSchema>;
