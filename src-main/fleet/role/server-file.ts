import { z } from 'zod';
import { ok, type Result } from '../../../src-shared/model/problem.ts';
import { sealedFile } from '../../store/sealed-file.ts';
import type { KeyKeeper } from '../../store/secrets.ts';
import { makeIdentity, type ServerIdentity } from '../wire/certificate.ts';

const identitySchema = z.object({ key: z.string(), certificate: z.string() });
const ABOUT = 'server key';

/** Key and certificate of the listener, made at the first promotion and the same until a demotion. Code: store-unusable. */
export async function openServerFile(
  file: string,
  keys: KeyKeeper,
  now: number,
): Promise<Result<ServerIdentity>> {
  const sealed = sealedFile(file, keys, ABOUT);
  const text = await sealed.read();
  if (!text.ok) return text;
  if (text.value !== undefined) return ok(identitySchema.parse(JSON.parse(text.value)));
  const identity = await makeIdentity(now);
  const kept = await sealed.write(JSON.stringify(identity));
  return kept.ok ? ok(identity) : kept;
}

export async function removeServerFile(file: string, keys: KeyKeeper): Promise<void> {
  await sealedFile(file, keys, ABOUT).remove();
}
