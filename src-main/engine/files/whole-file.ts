import { ok, type Result } from '../../../src-shared/model/problem.ts';
import { readOpened } from '../../source/read-opened.ts';
import type { ReadFile, Source } from '../../source/source.ts';
import type { Content } from './content.ts';

/**
 * Reads small files in one go, with their fingerprints before and after: what is in memory then is one state of each.
 * `undefined`: it has grown beyond `limit` bytes since it was listed.
 */
export async function readWhole(
  source: Source,
  paths: readonly string[],
  limit: number,
): Promise<readonly Result<Content | undefined>[]> {
  const files = source.readFiles
    ? await source.readFiles(paths, limit)
    : await Promise.all(paths.map((path) => readOpened(source, path, limit)));
  return files.map((file) => (file.ok ? ok(file.value && inMemory(file.value)) : file));
}

function inMemory({ fingerprint, bytes, hash }: ReadFile): Content {
  return {
    fingerprint,
    fragment: async (offset) => ok({ bytes: bytes.subarray(offset), release: nothingToRelease }),
    ahead: nothingToRelease,
    stillSame: async () => ok(true),
    hash: async () => ok(hash),
  };
}

/** The memory of a small file is given back with its group. */
function nothingToRelease(): void {
  // See above.
}
