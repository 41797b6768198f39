import { createSecretKey, randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import { readIfThere } from '../basics/read-if-there.ts';
import { type KeyKeeper, seal, unseal } from './secrets.ts';

/** A secret text in a file of its own, sealed with the key of the secrets: it is protected as that one is. */
export interface SealedFile {
  /** Undefined when there is no such file. Code: store-unusable, also for one that was sealed on another machine or by another person. */
  read(): Promise<Result<string | undefined>>;
  /** Made whole or not at all. Code: store-unusable. */
  write(text: string): Promise<Result<void>>;
  remove(): Promise<void>;
}

/** @param about what the seal is about: no other secret can be put in its place */
export function sealedFile(file: string, keys: KeyKeeper, about: string): SealedFile {
  return {
    read: () =>
      foreseen(file, async () => {
        const sealed = await readIfThere(file);
        if (sealed === undefined) return ok(undefined);
        const key = await keys.key();
        if (!key.ok) return key;
        const text = unseal(createSecretKey(key.value), sealed, about);
        if (text !== undefined) return ok(text);
        const detail = `the ${about} cannot be opened with the key of this machine; without the file a new one is made`;
        return failed('store-unusable', { where: file, detail });
      }),
    write: (text) =>
      foreseen(file, async () => {
        const key = await keys.key();
        if (!key.ok) return key;
        const part = `${file}.${randomUUID()}`;
        await writeFile(part, seal(createSecretKey(key.value), text, about), {
          mode: 0o600,
          flag: 'wx',
          flush: true,
        });
        await rename(part, file);
        return ok(undefined);
      }),
    remove: () => rm(file, { force: true }),
  };
}

/** What the file system refuses is a value. */
async function foreseen<T>(file: string, work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    return failed('store-unusable', { where: file, detail: error.message });
  }
}
