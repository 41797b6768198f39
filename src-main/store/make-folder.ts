import { randomUUID } from 'node:crypto';
import { access, constants, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { failed, ok, type Problem, type Result } from '../../src-shared/model/problem.ts';
import { codeOf } from './thread/wire-error.ts';

/**
 * Makes a folder, with those above it, and tries whether it can be written in. What is made is for its owner only.
 * Codes: store-unusable (not writable, not a folder, no place for one), store-disk-full.
 */
export async function makeFolder(folder: string): Promise<Result<void>> {
  try {
    await make(folder);
    if (!(await stat(folder)).isDirectory()) {
      return failed('store-unusable', { where: folder, detail: 'it is not a folder' });
    }
    await access(folder, constants.W_OK);
    // Rights can say yes where the file system says no (a read-only mount, a full disk, a quota).
    const probe = join(folder, `probe-${randomUUID()}`);
    await writeFile(probe, 'x');
    await rm(probe);
    return ok(undefined);
  } catch (error) {
    return { ok: false, problem: folderProblem(error, folder) };
  }
}

/** What a failed call to the file system says about a folder that Convoy keeps its things in. */
export function folderProblem(error: unknown, folder: string): Problem {
  const full = /^(ENOSPC|EDQUOT)$/.test(codeOf(error) ?? '');
  const detail = error instanceof Error ? error.message : String(error);
  return { code: full ? 'store-disk-full' : 'store-unusable', where: folder, detail };
}

/**
 * Not by mkdir's own `recursive`: where the folder above exists and nothing can be made in it (/proc/1), that asks in
 * a circle without end (Node 24.21).
 */
async function make(folder: string, above = true): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) === 'ENOENT' && above && dirname(folder) !== folder) {
      await make(dirname(folder));
      return make(folder, false);
    }
    // Some systems say of the root of a disk that it may not be made, or that it is a folder, where others say that it exists.
    if (!(await isFolder(folder))) throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return false;
  }
}
