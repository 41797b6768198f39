import { z } from 'zod';

/** What the messages between two machines are made of. */

/** Bytes in base64 of a fixed count; longer ones are refused before they are decoded. */
export const base64 = (bytes: number) =>
  z
    .string()
    .length(Math.ceil(bytes / 3) * 4)
    .regex(/^[A-Za-z0-9+/]+={0,2}$/);

/** An Ed25519 key as SPKI in DER has 44 bytes. */
const KEY_BYTES = 44;

export const publicKeySchema = base64(KEY_BYTES);

/** A machine's name, for people. */
export const nameSchema = z.string().min(1).max(255);

/** Where a coordinator is to be found from now on. */
export const placeSchema = z.object({
  /** Names or addresses, the likeliest first. */
  addresses: z.array(z.string().min(1).max(253)).min(1).max(16),
  port: z.number().int().min(1).max(65_535),
  /** SHA-256 of its certificate, in base64url. */
  fingerprint: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});
export type Place = Readonly<z.infer<typeof placeSchema>>;
