import { z } from 'zod';
import { problemSchema } from '../../../src-shared/contract/fleet.ts';
import { type Cloud, cloudSchema, publicClouds } from '../../../src-shared/model/cloud.ts';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import { jsonOf } from '../../basics/json-of.ts';

/** Where a secret text is kept: a sealed file of the store. */
export interface Keep {
  /** Undefined when there is none. Code: store-unusable. */
  read(): Promise<Result<string | undefined>>;
  /** Code: store-unusable. */
  write(text: string): Promise<Result<void>>;
  remove(): Promise<void>;
}

/** A person who signed in on this machine, as it is kept from start to start. Secret: the cache holds refresh tokens. */
const keptPersonSchema = z.object({
  version: z.literal(1),
  kind: z.literal('person'),
  cloud: cloudSchema,
  /** The tenant's id. */
  tenant: z.string(),
  clientId: z.string(),
  account: z.object({
    homeAccountId: z.string(),
    username: z.string(),
    name: z.string().nullable(),
    roles: z.array(z.string()),
  }),
  /** msal's. */
  cache: z.string(),
  /** Why the person has to act, and what has to be proved then; null while they have not. */
  needed: z.object({ problem: problemSchema, claims: z.string().nullable() }).nullable(),
});

export const keptSignInSchema = z.discriminatedUnion('kind', [keptPersonSchema]);
export type KeptSignIn = Readonly<z.infer<typeof keptSignInSchema>>;
export type KeptPerson = Readonly<z.infer<typeof keptPersonSchema>>;

/** What is kept, or undefined. Code: store-unusable, also for what cannot be understood. */
export async function readKept(keep: Keep): Promise<Result<KeptSignIn | undefined>> {
  const text = await keep.read();
  if (!text.ok || text.value === undefined) return text.ok ? ok(undefined) : text;
  const parsed = keptSignInSchema.safeParse(jsonOf(text.value));
  if (parsed.success) return ok(parsed.data);
  return failed('store-unusable', { detail: 'the kept sign-in is of another version; sign in again' });
}

/**
 * The cloud of a kept sign-in as it is today: the addresses of the public ones may have changed, and a practice tenant has others, and
 * another certificate, each time that it starts.
 */
export function cloudToday(kept: Cloud, given: Cloud): Cloud {
  const known: Readonly<Record<string, Cloud>> = publicClouds;
  return known[kept.name] ?? (given.name === kept.name ? given : kept);
}
