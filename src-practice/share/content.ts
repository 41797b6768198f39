import { createHash } from 'node:crypto';
import { randomBytes, seededRandom } from '../random.ts';

/**
 * Bytes of a seed that the contents of its files are cut from. A prime, so that no fragment size of an upload is
 * a multiple of it: fragments that changed places would otherwise go unnoticed.
 */
const POOL_BYTES = 1_048_583;
const HEADER_BYTES = 32;

/** Makes the contents of a share's files from its seed and their paths, without keeping any. */
export interface Contents {
  /**
   * The content of one file in pieces, which must not be changed (they share memory).
   * @param revision - another one gives another content of the same file
   */
  readonly pieces: (path: string, size: number, revision?: number) => Uint8Array[];
  /** The same in one buffer. */
  readonly bytes: (path: string, size: number, revision?: number) => Buffer;
}

/**
 * A file starts with 32 bytes that only it has (SHA-256 of seed, path and revision), and goes on with bytes of a
 * pool, from a place that these name. So any file can be computed again, and writing one costs no arithmetic.
 */
export const createContents = (seed: string | number): Contents => {
  const pool = randomBytes(seededRandom(`${seed}/content`), POOL_BYTES);
  const pieces = (path: string, size: number, revision = 0): Uint8Array[] => {
    const header = createHash('sha256').update(`${seed}\0${path}\0${revision}`).digest();
    const result: Uint8Array[] = size === 0 ? [] : [header.subarray(0, Math.min(size, HEADER_BYTES))];
    let from = header.readUInt32LE(0) % POOL_BYTES;
    for (let left = size - HEADER_BYTES; left > 0; ) {
      const piece = pool.subarray(from, Math.min(POOL_BYTES, from + left));
      result.push(piece);
      left -= piece.length;
      from = 0;
    }
    return result;
  };
  return { pieces, bytes: (path, size, revision) => Buffer.concat(pieces(path, size, revision)) };
};
