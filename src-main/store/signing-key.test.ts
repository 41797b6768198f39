import { createPublicKey, verify } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { ok, type Result } from '../../src-shared/model/problem.ts';
import type { KeyKeeper } from './secrets.ts';
import { openSigningKey, type SigningKey } from './signing-key.ts';
import { testFolder } from './test-folder.ts';

const keysOf = (byte: number): KeyKeeper => ({ key: async () => ok(new Uint8Array(32).fill(byte)) });
let file: string;
beforeEach(() => {
  file = join(testFolder(), 'sign.key');
});

const open = async (byte = 1): Promise<Result<SigningKey>> => openSigningKey(file, keysOf(byte));

it('is made once and signs the same ever after', async () => {
  const [first, second] = [await open(), await open()];
  if (!first.ok || !second.ok) throw new Error('no key');
  expect(second.value.publicKey).toBe(first.value.publicKey);
  const text = Buffer.from('what it vouches for');
  const der = Buffer.from(first.value.publicKey, 'base64');
  const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' });
  expect(verify(null, text, publicKey, second.value.sign(text))).toBe(true);
  expect(verify(null, Buffer.from('something else'), publicKey, second.value.sign(text))).toBe(false);
});

it('is never on disk in the clear, and only its owner reads it', async () => {
  await open();
  expect((await readFile(file)).toString('latin1')).not.toContain('PRIVATE KEY');
  if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
});

it('is not replaced in silence where it cannot be opened', async () => {
  await open();
  const before = await readFile(file);
  const other = await open(2);
  expect(other).toMatchObject({ ok: false, problem: { code: 'store-unusable', where: file } });
  expect(await readFile(file)).toEqual(before);
});
