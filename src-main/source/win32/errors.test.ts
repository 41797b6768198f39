import { expect, it } from 'vitest';
import { problemOf, type Reading } from './errors.ts';

const table: readonly (readonly [Reading, number, string, string])[] = [
  ['root', 2, 'source-missing', 'ERROR_FILE_NOT_FOUND (2)'],
  ['root', 3, 'source-missing', 'ERROR_PATH_NOT_FOUND (3)'],
  ['root', 5, 'source-root-unreadable', 'ERROR_ACCESS_DENIED (5)'],
  ['root', 53, 'source-unreachable', 'ERROR_BAD_NETPATH (53)'],
  ['root', 67, 'source-unreachable', 'ERROR_BAD_NET_NAME (67)'],
  ['root', 267, 'source-not-a-folder', 'ERROR_DIRECTORY (267)'],
  ['root', 1219, 'source-sign-in-refused', 'ERROR_SESSION_CREDENTIAL_CONFLICT (1219)'],
  ['root', 1326, 'source-sign-in-refused', 'ERROR_LOGON_FAILURE (1326)'],
  ['folder', 2, 'folder-vanished', 'ERROR_FILE_NOT_FOUND (2)'],
  ['folder', 3, 'folder-vanished', 'ERROR_PATH_NOT_FOUND (3)'],
  ['folder', 5, 'folder-unreadable', 'ERROR_ACCESS_DENIED (5)'],
  ['folder', 59, 'source-unreachable', 'ERROR_UNEXP_NET_ERR (59)'],
  ['folder', 123, 'folder-vanished', 'ERROR_INVALID_NAME (123)'],
  ['folder', 267, 'folder-vanished', 'ERROR_DIRECTORY (267)'],
  ['folder', 1117, 'read-failed', 'ERROR_IO_DEVICE (1117)'],
  ['folder', 1331, 'source-sign-in-refused', 'ERROR_ACCOUNT_DISABLED (1331)'],
  ['file', 2, 'file-vanished', 'ERROR_FILE_NOT_FOUND (2)'],
  ['file', 5, 'file-unreadable', 'ERROR_ACCESS_DENIED (5)'],
  ['file', 32, 'file-in-use', 'ERROR_SHARING_VIOLATION (32)'],
  ['file', 33, 'file-in-use', 'ERROR_LOCK_VIOLATION (33)'],
  ['file', 64, 'source-unreachable', 'ERROR_NETNAME_DELETED (64)'],
  ['file', 121, 'source-unreachable', 'ERROR_SEM_TIMEOUT (121)'],
  ['file', 225, 'read-failed', 'ERROR_VIRUS_INFECTED (225)'],
  ['file', 362, 'read-failed', 'ERROR_CLOUD_FILE_PROVIDER_NOT_RUNNING (362)'],
  ['file', 1231, 'source-unreachable', 'ERROR_NETWORK_UNREACHABLE (1231)'],
  ['file', 1232, 'source-unreachable', 'ERROR_HOST_UNREACHABLE (1232)'],
  ['file', 1330, 'source-sign-in-refused', 'ERROR_PASSWORD_EXPIRED (1330)'],
  ['file', 1907, 'source-sign-in-refused', 'ERROR_PASSWORD_MUST_CHANGE (1907)'],
  ['file', 31_999, 'read-failed', 'error (31999)'],
  ['access-list', 2, 'file-vanished', 'ERROR_FILE_NOT_FOUND (2)'],
  ['access-list', 5, 'access-list-unreadable', 'ERROR_ACCESS_DENIED (5)'],
  ['access-list', 53, 'source-unreachable', 'ERROR_BAD_NETPATH (53)'],
];

it.each(table)('%s: error %d -> %s', (reading, error, code, detail) => {
  expect(problemOf(error, reading, 'a/b')).toEqual({ ok: false, problem: { code, where: 'a/b', detail } });
});
