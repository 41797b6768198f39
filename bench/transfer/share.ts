import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { logNormal, randomBytes, seededRandom } from '../../src-practice/random.ts';

/** A folder to copy. */
export interface Share {
  readonly path: string;
  readonly files: number;
  readonly bytes: number;
  /** Of each file, in the order in which they were made. */
  readonly sizes: readonly number[];
}

/** Half of the small files are smaller. */
const MEDIAN_BYTES = 16_000;
const SIGMA = 1.2;
const LARGEST_SMALL = 2_000_000;
/** Contents are cut from one stretch of random bytes: what nobody can compress, and quickly made. */
const STOCK_BYTES = 4_000_000;
const A_DAY_MS = 86_400_000;
const PIECE_BYTES = 8_388_608;

/** Small files, as many as are said, evenly in `folders` folders; sizes log-normal. No kind that SharePoint rewrites. */
export function makeSmallFiles(path: string, files: number, folders: number): Share {
  const random = seededRandom(`small files ${files}`);
  const stock = randomBytes(random, STOCK_BYTES);
  const sizes: number[] = [];
  rmSync(path, { recursive: true, force: true });
  for (let folder = 0; folder < folders; folder++) {
    const below = join(path, `department ${folder % 10}`, `case ${folder}`);
    mkdirSync(below, { recursive: true });
    const end = Math.round((files * (folder + 1)) / folders);
    while (sizes.length < end) {
      const size = Math.min(LARGEST_SMALL, Math.max(1, Math.round(logNormal(random, MEDIAN_BYTES, SIGMA))));
      const from = Math.floor(random() * (STOCK_BYTES - size));
      const file = join(below, `scan ${sizes.length}.dat`);
      writeFileSync(file, stock.subarray(from, from + size));
      const modified = (Date.UTC(2026, 0, 1) - Math.floor(random() * 1_000) * A_DAY_MS) / 1_000;
      utimesSync(file, modified, modified);
      sizes.push(size);
    }
  }
  return { path, files, bytes: sizes.reduce((sum, size) => sum + size, 0), sizes };
}

/** Some large files in one folder. */
export function makeLargeFiles(path: string, files: number, bytesEach: number): Share {
  const random = seededRandom(`large files ${files}`);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  for (let i = 0; i < files; i++) {
    const piece = randomBytes(random, PIECE_BYTES);
    const file = join(path, `recording ${i}.bin`);
    for (let at = 0; at < bytesEach; at += piece.length)
      writeFileSync(file, piece.subarray(0, Math.min(piece.length, bytesEach - at)), { flag: 'a' });
  }
  return { path, files, bytes: files * bytesEach, sizes: Array.from({ length: files }, () => bytesEach) };
}
