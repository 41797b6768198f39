import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** A file as a tree is compared by: what it is called, how long it is, what is in it, when it was changed. */
export interface TreeFile {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  /** Whole seconds since 1970: what SharePoint keeps. */
  readonly modified: number;
}

/**
 * Reads a folder without any code of Convoy's: the witness that a copy is compared with. Regular files only,
 * paths with `/`, sorted.
 */
export async function readTree(root: string): Promise<TreeFile[]> {
  const files: TreeFile[] = [];
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) await walk(path);
      else if (entry.isFile()) files.push(await readOne(root, path));
    }
  };
  await walk('');
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function readOne(root: string, path: string): Promise<TreeFile> {
  const full = join(root, path);
  const hash = createHash('sha256');
  await pipeline(createReadStream(full), hash);
  const facts = await stat(full);
  return { path, size: facts.size, sha256: hash.digest('hex'), modified: Math.floor(facts.mtimeMs / 1000) };
}
