import { describe, expect, it } from 'vitest';
import { problemOf, type Reading } from './errors.ts';

/** libuv's answers: on Windows a refused access is EPERM, a locked file EBUSY, most of the network UNKNOWN. */
const table: readonly (readonly [Reading, string, string])[] = [
  ['root', 'ENOENT', 'source-missing'],
  ['root', 'EHOSTUNREACH', 'source-missing'],
  ['root', 'UNKNOWN', 'source-missing'],
  ['root', 'ENOTDIR', 'source-not-a-folder'],
  ['root', 'EACCES', 'source-root-unreadable'],
  ['root', 'EPERM', 'source-root-unreadable'],
  ['folder', 'EACCES', 'folder-unreadable'],
  ['folder', 'EPERM', 'folder-unreadable'],
  ['folder', 'ENOENT', 'folder-vanished'],
  ['folder', 'ESRCH', 'folder-vanished'],
  ['folder', 'EIO', 'read-failed'],
  ['folder', 'UNKNOWN', 'read-failed'],
  ['file', 'EACCES', 'file-unreadable'],
  ['file', 'EPERM', 'file-unreadable'],
  ['file', 'EBUSY', 'file-in-use'],
  ['file', 'ENOENT', 'file-vanished'],
  ['file', 'ELOOP', 'file-vanished'],
  ['file', 'EIO', 'read-failed'],
  ['file', 'ECONNRESET', 'read-failed'],
  ['file', 'EMFILE', 'read-failed'],
];

describe('errors of the file system', () => {
  it.each(table)('%s: %s -> %s', (reading, errno, code) => {
    const error = Object.assign(new Error(errno), { code: errno });
    expect(problemOf(error, reading, 'a/b')).toEqual({ code, where: 'a/b', detail: errno });
  });

  it('throws on what the system did not say: such an error is a bug', () => {
    const bug = new TypeError('x is not a function');
    expect(() => problemOf(bug, 'file', 'a')).toThrow(bug);
    const misuse = Object.assign(new Error('bad argument'), { code: 'ERR_INVALID_ARG_TYPE' });
    expect(() => problemOf(misuse, 'file', 'a')).toThrow(misuse);
  });
});
