import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { type Fingerprint, sameFingerprint } from '../../../src-shared/model/item.ts';
import { failed, ok } from '../../../src-shared/model/problem.ts';
import { QuickXorHash } from '../../../src-shared/rules/quick-xor-hash.ts';
import type { GroupMemory } from '../threads/group-memory.ts';
import type { FileAnswer } from '../threads/protocol.ts';
import { errnoOf, problemOf } from './errors.ts';
import { fileIdOf, isExact, timesOf } from './stat.ts';

/**
 * Links are not followed, since what was listed was a file; and a pipe that took its place must not hang us.
 * Windows has neither flag and needs neither: its links are told by lstat, and it has no pipes in folders.
 */
export const READ_ONLY = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

interface Wish {
  readonly rootDevice: number;
  /** Bytes that a file may have. */
  readonly limit: number;
  readonly memory: GroupMemory;
}

/**
 * Reads a file of at most `limit` bytes in one go, with synchronous calls: for a thread of its own. Five calls through Node's pool cost
 * more than a file of 16 kB is worth, since each wakes another thread.
 * @param where how it is called in problems
 */
export function readWhole(path: string, where: string, wish: Wish): FileAnswer {
  try {
    const fd = openSync(path, READ_ONLY);
    try {
      return readOpened(fd, where, wish);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'EMFILE' || errno === 'ENFILE') return 'no-handle';
    const problem = problemOf(error, 'file', where);
    return failed(problem.code, problem);
  }
}

function readOpened(fd: number, where: string, { rootDevice, limit, memory }: Wish): FileAnswer {
  const before = look(fd, rootDevice);
  if (!before.isFile) return failed('file-vanished', { where, detail: 'no longer a file' });
  const { size } = before.fingerprint;
  if (size > limit) return ok(undefined);
  const bytes = memory.take(size);
  let filled = 0;
  // A network drive may give less than was asked for in the middle of a file.
  for (let count = -1; filled < size && count !== 0; filled += count)
    count = readSync(fd, bytes, filled, size - filled, filled);
  const after = look(fd, rootDevice);
  if (filled !== size || !sameFingerprint(before.fingerprint, after.fingerprint)) {
    return failed('file-changed-while-read', { where });
  }
  return ok({ fingerprint: before.fingerprint, bytes, hash: new QuickXorHash().update(bytes).toBase64() });
}

function look(
  fd: number,
  rootDevice: number,
): { readonly isFile: boolean; readonly fingerprint: Fingerprint } {
  const stat = fstatSync(fd);
  const exact = isExact(stat) ? stat : fstatSync(fd, { bigint: true });
  const fingerprint = {
    size: stat.size,
    modified: timesOf(stat).modified,
    fileId: fileIdOf(exact, rootDevice),
  };
  return { isFile: stat.isFile(), fingerprint };
}
