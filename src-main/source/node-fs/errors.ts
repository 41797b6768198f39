import { constants } from 'node:os';
import { getSystemErrorName } from 'node:util';
import type { Code } from '../../../src-shared/catalogue/catalogue.ts';
import type { Problem } from '../../../src-shared/model/problem.ts';
import type { SourceEntry } from '../source.ts';

/** What was being read when an error came. */
export type Reading = 'root' | 'folder' | 'file';

/**
 * What libuv makes of an error of the system, by what was read. On Windows ACCESS_DENIED is EPERM and a sharing
 * violation EBUSY (libuv src/win/error.c); errors of the network come as UNKNOWN and are `read-failed`.
 */
const known: Readonly<Record<Reading, Readonly<Record<string, Code>>>> = {
  root: {
    EACCES: 'source-root-unreadable',
    EPERM: 'source-root-unreadable',
    ENOTDIR: 'source-not-a-folder',
  },
  folder: {
    EACCES: 'folder-unreadable',
    EPERM: 'folder-unreadable',
    ENOENT: 'folder-vanished',
    ENOTDIR: 'folder-vanished',
    ELOOP: 'folder-vanished',
    // A folder of /proc whose process has ended.
    ESRCH: 'folder-vanished',
    ESTALE: 'folder-vanished',
  },
  file: {
    EACCES: 'file-unreadable',
    EPERM: 'file-unreadable',
    EBUSY: 'file-in-use',
    EAGAIN: 'file-in-use',
    ETXTBSY: 'file-in-use',
    ENOENT: 'file-vanished',
    ENOTDIR: 'file-vanished',
    // With O_NOFOLLOW: it was a file when it was listed and is a link now.
    ELOOP: 'file-vanished',
    ESRCH: 'file-vanished',
    ESTALE: 'file-vanished',
  },
};

const otherwise: Readonly<Record<Reading, Code>> = {
  root: 'source-missing',
  folder: 'read-failed',
  file: 'read-failed',
};

/** An error of the file system as a problem. What is no such error is a bug and is thrown on. */
export function problemOf(error: unknown, reading: Reading, where: string): Problem {
  const errno = errnoOf(error);
  if (errno === undefined) throw error;
  return { code: known[reading][errno] ?? otherwise[reading], where, detail: errno };
}

/** An error of the system by its number, as Node would throw it. */
export function systemError(call: string, errno: number): Error {
  const code = getSystemErrorName(-errno);
  return Object.assign(new Error(`${code}: ${call}`), { code });
}

/** `ENOENT` and the like; undefined for everything that the system did not say. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  // Node's own complaints (ERR_...) are about how it was called.
  return error.code === 'UNKNOWN' || error.code in constants.errno ? error.code : undefined;
}

/** Why an entry that is listed could not be examined. What is no error of the file system is a bug and is thrown on. */
export function entryProblem(error: unknown): NonNullable<SourceEntry['problem']> {
  const errno = errnoOf(error);
  if (errno === undefined) throw error;
  if (errno === 'ENOENT' || errno === 'ESRCH') return 'file-vanished';
  return errno === 'EACCES' || errno === 'EPERM' ? 'file-unreadable' : 'read-failed';
}
