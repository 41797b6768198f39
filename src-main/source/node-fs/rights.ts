import { lstat, statfs } from 'node:fs/promises';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import type { Rights, Space } from '../../../src-shared/model/rights.ts';
import { problemOf } from './errors.ts';

/** The nine bits for owner, group and others, and the three above them. */
const MODE = 0o7777;

/** Owner, group and mode of an entry; of a link those of the link itself. @param where how it is called in problems */
export async function readRights(path: string, where: string): Promise<Result<Rights>> {
  try {
    const { uid, gid, mode } = await lstat(path);
    return ok({ system: 'posix', user: uid, group: gid, mode: mode & MODE });
  } catch (error) {
    const { code, detail } = problemOf(error, 'file', where);
    return failed(code === 'file-vanished' ? code : 'access-list-unreadable', { where, detail });
  }
}

/** Room on the volume on which a folder lies. */
export async function readSpace(path: string): Promise<Result<Space>> {
  try {
    const { bavail, blocks, bsize } = await statfs(path);
    return ok({ free: bavail * bsize, total: blocks * bsize });
  } catch (error) {
    return failed('read-failed', { where: path, detail: problemOf(error, 'root', path).detail });
  }
}
