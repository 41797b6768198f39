import { sameFingerprint } from '../../src-shared/model/item.ts';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import { QuickXorHash } from '../../src-shared/rules/quick-xor-hash.ts';
import type { ReadFile, Source } from './source.ts';

/** Reads a small file as {@link Source.readFiles} does, through `open`. */
export async function readOpened(
  source: Pick<Source, 'open'>,
  path: string,
  limit: number,
): Promise<Result<ReadFile | undefined>> {
  const opened = await source.open(path);
  if (!opened.ok) return opened;
  const file = opened.value;
  try {
    const before = await file.fingerprint();
    if (!before.ok) return before;
    const { size } = before.value;
    if (size > limit) return ok(undefined);
    const bytes = Buffer.allocUnsafe(size);
    const count = size === 0 ? ok(0) : await file.read(bytes, 0);
    if (!count.ok) return count;
    const after = await file.fingerprint();
    if (!after.ok) return after;
    if (count.value !== size || !sameFingerprint(before.value, after.value)) {
      return failed('file-changed-while-read', { where: path });
    }
    return ok({ fingerprint: before.value, bytes, hash: new QuickXorHash().update(bytes).toBase64() });
  } finally {
    await file.close();
  }
}
