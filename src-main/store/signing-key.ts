import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
  sign,
} from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import { readIfThere } from '../basics/read-if-there.ts';
import { type KeyKeeper, seal, unseal } from './secrets.ts';

/** The machine's own key for what it vouches for. */
export interface SigningKey {
  /** Ed25519, SPKI in DER, base64. */
  readonly publicKey: string;
  /** 64 bytes. */
  sign(bytes: Uint8Array): Uint8Array;
}

/** What the seal of the key is about: no other secret can be put in its place. */
const ABOUT = 'signing key';

/**
 * The Ed25519 key of this machine, made when it is first asked for and the same ever after. On disk it is sealed with the
 * key of the secrets, so it is protected as that one is. The data folder is one process's own, so nobody makes another one at the
 * same time. Code: store-unusable, also for a key that was sealed on another machine or by another person.
 */
export async function openSigningKey(file: string, keys: KeyKeeper): Promise<Result<SigningKey>> {
  const secret = await keys.key();
  if (!secret.ok) return secret;
  const sealing = createSecretKey(secret.value);
  try {
    const sealed = await readIfThere(file);
    const key = sealed === undefined ? await make(file, sealing) : opened(sealed, sealing);
    if (key !== undefined) return ok(signingWith(key));
    const detail =
      'the signing key cannot be opened with the key of this machine; without the file a new one is made, with another fingerprint';
    return failed('store-unusable', { where: file, detail });
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    return failed('store-unusable', { where: file, detail: error.message });
  }
}

function opened(sealed: Uint8Array, sealing: KeyObject): KeyObject | undefined {
  const pem = unseal(sealing, sealed, ABOUT);
  return pem === undefined ? undefined : createPrivateKey(pem);
}

async function make(file: string, sealing: KeyObject): Promise<KeyObject> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const part = `${file}.${randomUUID()}`;
  await writeFile(part, seal(sealing, pem, ABOUT), { mode: 0o600, flag: 'wx', flush: true });
  await rename(part, file);
  return privateKey;
}

function signingWith(key: KeyObject): SigningKey {
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');
  // Ed25519 has its hash built in: no name of one is given.
  return { publicKey, sign: (bytes) => sign(null, bytes, key) };
}
