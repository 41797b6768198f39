import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';
import type { Result } from '../../src-shared/model/problem.ts';

/** Bytes of a key, of a nonce and of a tag of AES-256-GCM. */
export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Whoever keeps the key that small secrets in the databases are sealed with. Codes: store-unusable. */
export interface KeyKeeper {
  /** 32 bytes; made at the first call, the same ever after. */
  key(): Promise<Result<Uint8Array>>;
}

/** Seals a text with AES-256-GCM: nonce, tag, cipher text. `about` must be the same when it is opened: a seal cannot be moved to another item. */
export function seal(key: KeyObject, text: string, about: string): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(about, 'utf8'));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  // A copy of its own: a piece of Node's shared pool would take the whole pool along to another thread.
  return new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), sealed]));
}

/** The text again; undefined when key, bytes or `about` are not those it was sealed with (a data folder from another machine). */
export function unseal(key: KeyObject, sealed: Uint8Array, about: string): string | undefined {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES));
  decipher.setAAD(Buffer.from(about, 'utf8'));
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    const body = sealed.subarray(NONCE_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch (error) {
    // The one error that is foreseen: the seal is broken. Node gives it no code of its own.
    if (error instanceof Error) return undefined;
    throw error;
  }
}
