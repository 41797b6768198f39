import { ok, type Result } from '../../../src-shared/model/problem.ts';
import { readOpened } from '../../source/read-opened.ts';
import type { ReadFile, Source } from '../../source/source.ts';
import type { Content } from './content.ts';
import type { GroupBuffers } from './group-buffers.ts';

/** Small files in memory, one answer for each path; undefined where one has grown beyond the limit since it was listed. */
export interface WholeFiles {
  readonly contents: readonly Result<Content | undefined>[];
  /** All of them are done with: gives their memory back. */
  release(): void;
}

/**
 * Reads small files in one go, with their fingerprints before and after: what is in memory then is one state of each.
 * @param lent memory for their bytes, to come back to `buffers`
 */
export async function readWhole(
  source: Source,
  paths: readonly string[],
  limit: number,
  buffers: GroupBuffers,
  lent: ArrayBuffer,
): Promise<WholeFiles> {
  const files = source.readFiles
    ? await source.readFiles(paths, limit, lent)
    : await Promise.all(paths.map((path) => readOpened(source, path, limit)));
  let reusable = true;
  const released = (reuse: boolean): void => {
    reusable &&= reuse;
  };
  const used = files.flatMap((file) => (file.ok && file.value ? [file.value.bytes.buffer] : []));
  // What was lent and not used is still ours; what changed hands came back as that of the files.
  const memory = new Set<ArrayBufferLike>([lent, ...used]);
  return {
    contents: files.map((file) => (file.ok ? ok(file.value && inMemory(file.value, released)) : file)),
    release: () => {
      // Of a call that did not go through, the bytes may still be on their way.
      if (reusable) for (const piece of memory) buffers.give(piece);
    },
  };
}

function inMemory({ fingerprint, bytes, hash }: ReadFile, released: (reuse: boolean) => void): Content {
  return {
    fingerprint,
    fragment: async (offset) => ok({ bytes: bytes.subarray(offset), release: released }),
    ahead: nothingToRead,
    stillSame: async () => ok(true),
    hash: async () => ok(hash),
  };
}

/** All is there already. */
function nothingToRead(): void {
  // See above.
}
