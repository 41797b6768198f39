import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import { KEY_BYTES, type KeyKeeper } from './secrets.ts';
import { codeOf } from './thread/wire-error.ts';

/** How the key is protected in its file: by nothing but the file's rights, or by the operating system (Electron's safeStorage). */
export interface KeyWrapping {
  wrap(key: Uint8Array): Uint8Array;
  /** @throws when it was wrapped by another user or on another machine */
  unwrap(wrapped: Uint8Array): Uint8Array;
}

/** For machines without a desktop: the file's rights (0600, in a folder of 0700) are the protection. */
export const noWrapping: KeyWrapping = { wrap: (key) => key, unwrap: (wrapped) => wrapped };

/** Keeps the key in a file, made whole or not at all; of two who make it at the same time, both get the first one's. */
export function keyFile(file: string, wrapping: KeyWrapping = noWrapping): KeyKeeper {
  let kept: Promise<Result<Uint8Array>> | undefined;
  return {
    async key() {
      kept ??= readOrMake(file, wrapping);
      const result = await kept;
      if (!result.ok) kept = undefined;
      return result;
    },
  };
}

async function readOrMake(file: string, wrapping: KeyWrapping): Promise<Result<Uint8Array>> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const there = await read(file);
    if (there === undefined) await make(file, wrapping);
    const wrapped = there ?? (await readFile(file));
    const key = wrapping.unwrap(wrapped);
    if (key.length === KEY_BYTES) return ok(key);
    return failed('store-unusable', { where: file, detail: `not a key of ${KEY_BYTES} bytes` });
  } catch (error) {
    return failed('store-unusable', {
      where: file,
      detail: error instanceof Error ? error.message : String(error),
    });
  }
}

async function read(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** A link to a finished file either comes into being or finds the name taken: unlike a rename, it never replaces a key that is in use. */
async function make(file: string, wrapping: KeyWrapping): Promise<void> {
  const unfinished = `${file}.${randomUUID()}`;
  const handle = await open(unfinished, 'wx', 0o600);
  try {
    await handle.writeFile(wrapping.wrap(randomBytes(KEY_BYTES)));
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(unfinished, file);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    await rm(unfinished, { force: true });
  }
}
