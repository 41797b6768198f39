import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { ok, type Result } from '../../src-shared/model/problem.ts';
import { sealedFile } from './sealed-file.ts';
import type { KeyKeeper } from './secrets.ts';

/** A key of the machine's own, for what it vouches for. */
export interface SigningKey {
  /** Ed25519, SPKI in DER, base64. */
  readonly publicKey: string;
  /** 64 bytes. */
  sign(bytes: Uint8Array): Uint8Array;
}

/**
 * The Ed25519 key of this machine, made when it is first asked for and the same ever after. On disk it is sealed with the
 * key of the secrets, so it is protected as that one is. The data folder is one process's own, so nobody makes another one at the
 * same time. Code: store-unusable, also for a key that was sealed on another machine or by another person.
 */
export async function openSigningKey(file: string, keys: KeyKeeper): Promise<Result<SigningKey>> {
  const sealed = sealedFile(file, keys, 'signing key');
  const text = await sealed.read();
  if (!text.ok) return text;
  if (text.value !== undefined) return ok(signingWith(createPrivateKey(text.value)));
  const { key, pem } = newKey();
  const kept = await sealed.write(pem);
  return kept.ok ? ok(key) : kept;
}

/** A key that is nowhere yet, with the text to keep it by. */
export function newKey(): { readonly key: SigningKey; readonly pem: string } {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { key: signingWith(privateKey), pem };
}

/** Signs with an Ed25519 key. */
export function signingWith(key: KeyObject): SigningKey {
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');
  // Ed25519 has its hash built in: no name of one is given.
  return { publicKey, sign: (bytes) => sign(null, bytes, key) };
}
