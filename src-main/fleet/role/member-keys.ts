import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';
import { ok, type Result } from '../../../src-shared/model/problem.ts';
import { sealedFile } from '../../store/sealed-file.ts';
import type { KeyKeeper } from '../../store/secrets.ts';
import { newKey, type SigningKey, signingWith } from '../../store/signing-key.ts';

const pemsSchema = z.array(z.string()).min(1).max(2);

/**
 * What this machine signs in with to its coordinator: one key. While it is being changed two, of which the coordinator knows
 * one; a kill in between loses nothing.
 */
export interface MemberKeys {
  /** Empty for a machine that has joined nobody. Code: store-unusable. */
  read(): Promise<Result<SigningKey[]>>;
  /** A new one, in place of all. */
  renew(): Promise<Result<SigningKey>>;
  /** One more, for a change. */
  add(pem: string): Promise<Result<void>>;
  /** This one alone. */
  settle(key: SigningKey): Promise<Result<void>>;
  remove(): Promise<void>;
}

export function memberKeys(file: string, keys: KeyKeeper): MemberKeys {
  const sealed = sealedFile(file, keys, 'key of a member');
  const pems = async (): Promise<Result<string[]>> => {
    const text = await sealed.read();
    if (!text.ok) return text;
    return ok(text.value === undefined ? [] : pemsSchema.parse(JSON.parse(text.value)));
  };
  const write = (texts: readonly string[]) => sealed.write(JSON.stringify(texts));
  const keyOf = (pem: string) => signingWith(createPrivateKey(pem));
  return {
    async read() {
      const texts = await pems();
      return texts.ok ? ok(texts.value.map(keyOf)) : texts;
    },
    async renew() {
      const { key, pem } = newKey();
      const written = await write([pem]);
      return written.ok ? ok(key) : written;
    },
    async add(pem) {
      const texts = await pems();
      return texts.ok ? write([...texts.value.slice(0, 1), pem]) : texts;
    },
    async settle(key) {
      const texts = await pems();
      if (!texts.ok) return texts;
      return write(texts.value.filter((pem) => keyOf(pem).publicKey === key.publicKey));
    },
    remove: () => sealed.remove(),
  };
}
