import { randomUUID } from 'node:crypto';
import { access, constants, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import { idSchema } from '../../src-shared/model/task.ts';
import { lockFolder } from './folder-lock.ts';
import { codeOf } from './thread/wire-error.ts';

/** Where a machine keeps what it knows. Only its owner may look into it. */
export interface DataFolder {
  readonly path: string;
  readonly fleetFile: string;
  /** `keys/seal.key`: what the secrets in the journals are sealed with. */
  readonly keyFile: string;
  /** `runs/<run>.db`; the id must be one of the fleet's. */
  runFile(run: string): string;
  /** `work/<task>.db` */
  journalFile(task: string): string;
  /** Lets another Convoy use the folder. To be called when all databases are closed. */
  release(): void;
}

/**
 * Makes the folder ready and takes it for this process. Codes: store-unusable (not writable, not a folder),
 * store-disk-full, store-in-use (another Convoy has it).
 */
export async function openDataFolder(path: string): Promise<Result<DataFolder>> {
  const folder = resolve(path);
  const made = await makeFolders(folder);
  if (!made.ok) return made;
  const lock = lockFolder(join(folder, 'lock.db'));
  if (!lock.ok) return failed(lock.problem.code, { ...lock.problem, where: folder });
  return ok({
    path: folder,
    fleetFile: join(folder, 'fleet.db'),
    keyFile: join(folder, 'keys', 'seal.key'),
    // An id is made by a coordinator, which may be another machine: it must not be able to name another place.
    runFile: (run) => join(folder, 'runs', `${idSchema.parse(run)}.db`),
    journalFile: (task) => join(folder, 'work', `${idSchema.parse(task)}.db`),
    release: lock.value.release,
  });
}

async function makeFolders(folder: string): Promise<Result<void>> {
  try {
    for (const name of ['', 'runs', 'work', 'keys']) {
      await mkdir(join(folder, name), { recursive: true, mode: 0o700 });
      if (!(await stat(join(folder, name))).isDirectory()) return failed('store-unusable', { where: folder });
      await access(join(folder, name), constants.W_OK);
    }
    // Rights can say yes where the file system says no (a read-only mount, a full disk, a quota).
    const probe = join(folder, `probe-${randomUUID()}`);
    await writeFile(probe, 'x');
    await rm(probe);
    return ok(undefined);
  } catch (error) {
    const full = /^(ENOSPC|EDQUOT)$/.test(codeOf(error) ?? '');
    const detail = error instanceof Error ? error.message : String(error);
    return failed(full ? 'store-disk-full' : 'store-unusable', { where: folder, detail });
  }
}
