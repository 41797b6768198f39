import { ok, type Result } from '../../../src-shared/model/problem.ts';
import { ATTRIBUTE } from './attributes.ts';
import { callLater } from './call-later.ts';
import { fileIdOf } from './entry.ts';
import { problemOf, type Reading } from './errors.ts';
import { filetimeAt, timesOf } from './filetime.ts';
import { getFileInformation, getLastError, type Handle } from './kernel32.ts';

/** What an open file or folder says of itself. */
export interface FileInfo {
  readonly isFolder: boolean;
  readonly attributes: number;
  readonly size: number;
  readonly created: number;
  readonly modified: number;
  readonly fileId: string | undefined;
}

const INFO_BYTES = 52;

/** Asks an open handle: Node's `fstat` would give times after 2106 and before 1970 wrong (libuv keeps 32 bits of seconds). */
export async function fileInfo(handle: Handle, reading: Reading, where: string): Promise<Result<FileInfo>> {
  const data = Buffer.alloc(INFO_BYTES);
  const { result, error } = await callLater(getFileInformation, handle, data);
  return result === 0 ? problemOf(error, reading, where) : ok(readFileInfo(data));
}

/** The same in this thread. */
export function fileInfoNow(handle: Handle, reading: Reading, where: string): Result<FileInfo> {
  const data = Buffer.alloc(INFO_BYTES);
  return getFileInformation(handle, data) === 0
    ? problemOf(getLastError(), reading, where)
    : ok(readFileInfo(data));
}

/** Reads one BY_HANDLE_FILE_INFORMATION. */
function readFileInfo(data: Buffer): FileInfo {
  const attributes = data.readUInt32LE(0);
  return {
    isFolder: (attributes & ATTRIBUTE.directory) !== 0,
    attributes,
    size: data.readUInt32LE(32) * 0x1_0000_0000 + data.readUInt32LE(36),
    ...timesOf(filetimeAt(data, 4), filetimeAt(data, 20)),
    fileId: fileIdOf(data.readUInt32LE(48), data.readUInt32LE(44)),
  };
}
