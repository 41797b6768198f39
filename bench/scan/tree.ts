import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSyntheticSource } from '../../src-main/source/synthetic/synthetic-source.ts';

/** The tree of bench/scan.ts. */
export const FILES = 200_000;
export const FOLDERS = 2_000;

/**
 * The synthetic tree of 200,000 files in 2,000 folders as real files, with its names, sizes and times (sparse, so that it needs
 * no space for bytes that nobody reads). Kept in the system's temporary folder from one run to the next.
 */
export async function makeTree(say: (line: string) => void): Promise<string> {
  const base = join(tmpdir(), `convoy-bench-scan-${FILES}-in-${FOLDERS}`);
  const done = join(base, 'complete');
  const root = join(base, 'tree');
  if (existsSync(done)) return root;
  say(`making ${FILES.toLocaleString('en')} files in ${base} (once)`);
  rmSync(base, { recursive: true, force: true });
  const source = openSyntheticSource({ seed: 1, files: FILES, folders: FOLDERS - 1, fanOut: 12 });
  mkdirSync(root, { recursive: true });
  const folders = [''];
  for (let path = folders.pop(); path !== undefined; path = folders.pop()) {
    for await (const batch of source.list(path)) {
      if (!batch.ok) throw new Error(batch.problem.code);
      for (const entry of batch.value) {
        const below = join(path, entry.name);
        if (entry.kind === 'folder') {
          mkdirSync(join(root, below));
          folders.push(below);
        } else makeFile(join(root, below), entry.size, entry.modified);
      }
    }
  }
  writeFileSync(`${done}.new`, '');
  renameSync(`${done}.new`, done);
  return root;
}

function makeFile(path: string, size: number, modified: number): void {
  const fd = openSync(path, 'w');
  ftruncateSync(fd, size);
  closeSync(fd);
  utimesSync(path, modified / 1_000, modified / 1_000);
}
