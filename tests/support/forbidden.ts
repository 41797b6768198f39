import { chmod, chown, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The account without rights that every Linux has: `nobody`. */
const NOBODY = 65_534;

/** Whether {@link whileForbidden} can do anything here: Windows has no modes. */
export const canForbid = process.platform !== 'win32';

/**
 * Takes the right to read `path` away while `work` is done. Root may read everything; so this process (all of its
 * threads, but no process that it starts) is somebody else meanwhile, to whom everything in `folder` is given.
 * @param folder a temporary folder, which holds all that `work` writes to
 */
export async function whileForbidden(folder: string, path: string, work: () => Promise<void>): Promise<void> {
  const root = process.geteuid?.() === 0;
  if (root) await give(folder, NOBODY);
  await chmod(path, 0);
  if (root) process.seteuid?.(NOBODY);
  try {
    await work();
  } finally {
    if (root) process.seteuid?.(0);
    await chmod(path, 0o700);
  }
}

async function give(folder: string, account: number): Promise<void> {
  await chown(folder, account, account);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await give(path, account);
    else if (entry.isFile()) await chown(path, account, account);
  }
}
