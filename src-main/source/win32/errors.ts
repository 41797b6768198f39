import type { Code } from '../../../src-shared/catalogue/catalogue.ts';
import { failed, type Problem } from '../../../src-shared/model/problem.ts';

/** What was being read when an error came. */
export type Reading = 'root' | 'folder' | 'file' | 'access-list';

type Kind = 'gone' | 'no-folder' | 'refused' | 'in-use' | 'network' | 'sign-in' | 'other';

/** The errors that reading a share meets, by number (winerror.h). */
const errors: Readonly<Record<number, readonly [name: string, kind: Kind]>> = {
  2: ['ERROR_FILE_NOT_FOUND', 'gone'],
  3: ['ERROR_PATH_NOT_FOUND', 'gone'],
  4: ['ERROR_TOO_MANY_OPEN_FILES', 'other'],
  5: ['ERROR_ACCESS_DENIED', 'refused'],
  8: ['ERROR_NOT_ENOUGH_MEMORY', 'other'],
  15: ['ERROR_INVALID_DRIVE', 'gone'],
  21: ['ERROR_NOT_READY', 'other'],
  23: ['ERROR_CRC', 'other'],
  32: ['ERROR_SHARING_VIOLATION', 'in-use'],
  33: ['ERROR_LOCK_VIOLATION', 'in-use'],
  51: ['ERROR_REM_NOT_LIST', 'network'],
  53: ['ERROR_BAD_NETPATH', 'network'],
  54: ['ERROR_NETWORK_BUSY', 'network'],
  55: ['ERROR_DEV_NOT_EXIST', 'network'],
  59: ['ERROR_UNEXP_NET_ERR', 'network'],
  64: ['ERROR_NETNAME_DELETED', 'network'],
  65: ['ERROR_NETWORK_ACCESS_DENIED', 'refused'],
  67: ['ERROR_BAD_NET_NAME', 'network'],
  86: ['ERROR_INVALID_PASSWORD', 'sign-in'],
  87: ['ERROR_INVALID_PARAMETER', 'other'],
  121: ['ERROR_SEM_TIMEOUT', 'network'],
  // A name that the file system cannot have is not there.
  123: ['ERROR_INVALID_NAME', 'gone'],
  161: ['ERROR_BAD_PATHNAME', 'gone'],
  206: ['ERROR_FILENAME_EXCED_RANGE', 'other'],
  225: ['ERROR_VIRUS_INFECTED', 'other'],
  240: ['ERROR_VC_DISCONNECTED', 'network'],
  267: ['ERROR_DIRECTORY', 'no-folder'],
  303: ['ERROR_DELETE_PENDING', 'gone'],
  362: ['ERROR_CLOUD_FILE_PROVIDER_NOT_RUNNING', 'other'],
  389: ['ERROR_CLOUD_FILE_UNSUCCESSFUL', 'other'],
  395: ['ERROR_CLOUD_FILE_ACCESS_DENIED', 'other'],
  426: ['ERROR_CLOUD_FILE_REQUEST_TIMEOUT', 'other'],
  1006: ['ERROR_FILE_INVALID', 'gone'],
  1117: ['ERROR_IO_DEVICE', 'other'],
  1203: ['ERROR_NO_NET_OR_BAD_PATH', 'network'],
  1204: ['ERROR_BAD_PROVIDER', 'network'],
  1208: ['ERROR_EXTENDED_ERROR', 'other'],
  1219: ['ERROR_SESSION_CREDENTIAL_CONFLICT', 'sign-in'],
  1222: ['ERROR_NO_NETWORK', 'network'],
  1231: ['ERROR_NETWORK_UNREACHABLE', 'network'],
  1232: ['ERROR_HOST_UNREACHABLE', 'network'],
  1236: ['ERROR_CONNECTION_ABORTED', 'network'],
  1326: ['ERROR_LOGON_FAILURE', 'sign-in'],
  1327: ['ERROR_ACCOUNT_RESTRICTION', 'sign-in'],
  1328: ['ERROR_INVALID_LOGON_HOURS', 'sign-in'],
  1330: ['ERROR_PASSWORD_EXPIRED', 'sign-in'],
  1331: ['ERROR_ACCOUNT_DISABLED', 'sign-in'],
  1450: ['ERROR_NO_SYSTEM_RESOURCES', 'other'],
  1907: ['ERROR_PASSWORD_MUST_CHANGE', 'sign-in'],
  1909: ['ERROR_ACCOUNT_LOCKED_OUT', 'sign-in'],
  2202: ['ERROR_BAD_USERNAME', 'sign-in'],
  1920: ['ERROR_CANT_ACCESS_FILE', 'refused'],
};

const codes: Readonly<Record<Reading, Readonly<Record<Exclude<Kind, 'network' | 'sign-in'>, Code>>>> = {
  root: {
    gone: 'source-missing',
    'no-folder': 'source-not-a-folder',
    refused: 'source-root-unreadable',
    'in-use': 'source-root-unreadable',
    other: 'source-missing',
  },
  folder: {
    gone: 'folder-vanished',
    'no-folder': 'folder-vanished',
    refused: 'folder-unreadable',
    'in-use': 'read-failed',
    other: 'read-failed',
  },
  file: {
    gone: 'file-vanished',
    'no-folder': 'file-vanished',
    refused: 'file-unreadable',
    'in-use': 'file-in-use',
    other: 'read-failed',
  },
  'access-list': {
    gone: 'file-vanished',
    'no-folder': 'file-vanished',
    refused: 'access-list-unreadable',
    'in-use': 'access-list-unreadable',
    other: 'access-list-unreadable',
  },
};

/** An error of Windows as a problem; its number and name are the detail, as in `ERROR_ACCESS_DENIED (5)`. */
export function problemOf(error: number, reading: Reading, where: string): { ok: false; problem: Problem } {
  const [name, kind] = errors[error] ?? ['error', 'other'];
  return failed(codeOf(kind, reading), { where, detail: `${name} (${error})` });
}

function codeOf(kind: Kind, reading: Reading): Code {
  if (kind === 'network') return 'source-unreachable';
  return kind === 'sign-in' ? 'source-sign-in-refused' : codes[reading][kind];
}
