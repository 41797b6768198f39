import { sameFingerprint } from '../../../src-shared/model/item.ts';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import { QuickXorHash } from '../../../src-shared/rules/quick-xor-hash.ts';
import type { Source } from '../../source/source.ts';
import type { Content } from './content.ts';

/**
 * Reads a small file in one go, with its fingerprint before and after: what is in memory then is one state of the file.
 * `undefined`: it has grown beyond `limit` bytes since it was listed.
 */
export async function readWhole(
  source: Source,
  path: string,
  limit: number,
): Promise<Result<Content | undefined>> {
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
    return ok(inMemory(before.value, bytes));
  } finally {
    await file.close();
  }
}

function inMemory(fingerprint: Content['fingerprint'], bytes: Uint8Array): Content {
  let hash: string | undefined;
  return {
    fingerprint,
    fragment: async (offset) => ok({ bytes: bytes.subarray(offset), release: nothingToRelease }),
    ahead: nothingToRelease,
    stillSame: async () => ok(true),
    hash: async () => {
      hash ??= new QuickXorHash().update(bytes).toBase64();
      return ok(hash);
    },
  };
}

/** The memory of a small file is given back with its group. */
function nothingToRelease(): void {
  // See above.
}
