import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { countsSchema } from '../../../src-shared/model/counts-schema.ts';

export const MANIFEST = 'manifest.json';
export const SIGNATURE = 'manifest.sig';
/** What the list of a file's lines is called. */
export const linesOf = (file: string): string => `${file}.lines`;

/** A name in the folder itself: a manifest from elsewhere must not make anybody read other files. */
const nameSchema = z
  .string()
  .regex(/^[^/\\:]{1,255}$/)
  .refine((name) => name !== '.' && name !== '..');
const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** What a machine vouches for when it hands a report over. Fields are only ever added. */
export const manifestSchema = z.object({
  format: z.literal('convoy-manifest/1'),
  /** What the files tell of: a run, or a verification of what a run had copied. */
  about: z.enum(['run', 'verification']),
  /** ISO 8601, UTC. */
  writtenAt: z.string(),
  version: z.string(),
  machine: z.string(),
  task: z.object({ id: z.string(), name: z.string(), source: z.string(), destination: z.string() }),
  run: z.object({
    id: z.string(),
    number: z.number().int(),
    state: z.string(),
    startedAt: z.string(),
    endedAt: z.string().nullable(),
  }),
  /** Those of the run. */
  totals: countsSchema.pick({ found: true, byOutcome: true, byGrade: true }),
  files: z.array(
    z.object({
      name: nameSchema,
      bytes: z.number().int(),
      sha256: sha256Schema,
      /** The file that has the SHA-256 of each line of this one, in hexadecimal, a line each. */
      lines: nameSchema.nullable(),
    }),
  ),
  /** Ed25519, SPKI in DER, base64. */
  publicKey: z.string(),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** The key of a manifest; undefined for what is none of Ed25519. */
export function keyOf(publicKey: string): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch (error) {
    // Node's codes for bytes that are no key differ by what is wrong with them.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** What people compare keys by, in the form that ssh has made usual: `SHA256:` and base64 of the hash of the DER. */
export function fingerprintOf(publicKey: string): string {
  const hash = createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('base64');
  return `SHA256:${hash.replace(/=+$/, '')}`;
}

/** Whether a person's spelling of a fingerprint means this one: with or without `SHA256:` and the padding. */
export function sameFingerprint(said: string, fingerprint: string): boolean {
  const bare = (text: string): string =>
    text
      .trim()
      .replace(/^SHA256:/i, '')
      .replace(/=+$/, '');
  return bare(said) === bare(fingerprint);
}
