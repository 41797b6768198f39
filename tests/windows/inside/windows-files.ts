import koffi, { type KoffiFunc } from 'koffi';
import {
  closeHandle,
  createFile,
  getLastError,
  type Handle,
  isInvalid,
} from '../../../src-main/source/win32/kernel32.ts';

/** What the tests do to files that Node cannot do: other programs that hold them, attributes, names, times. */

const kernel32 = koffi.load('kernel32.dll');
const setFileAttributes: KoffiFunc<(path: string, attributes: number) => number> = kernel32.func(
  'int __stdcall SetFileAttributesW(str16 path, uint32_t attributes)',
);
const setFileTime: KoffiFunc<
  (file: Handle, created: Buffer | null, accessed: null, modified: Buffer) => number
> = kernel32.func('int __stdcall SetFileTime(intptr_t file, void *created, void *accessed, void *modified)');
const createDirectory: KoffiFunc<(path: string, security: null) => number> = kernel32.func(
  'int __stdcall CreateDirectoryW(str16 path, void *security)',
);

const READ_WRITE = 0xc000_0000;
const SHARE_NOTHING = 0;
const SHARE_ALL = 7;
const OPEN_EXISTING = 3;
const CREATE_NEW = 1;

function must(worked: number, what: string): void {
  if (worked === 0) throw new Error(`${what}: error ${getLastError()}`);
}

function open(path: string, share: number, disposition: number): Handle {
  const handle = createFile(path, READ_WRITE, share, null, disposition, 0, 0);
  if (isInvalid(handle)) throw new Error(`opening ${path}: error ${getLastError()}`);
  return handle;
}

/** Another program that lets nobody else read. @returns lets it go */
export function holdAlone(path: string): () => void {
  const handle = open(path, SHARE_NOTHING, OPEN_EXISTING);
  return () => must(closeHandle(handle), 'closing');
}

/** Makes an empty file; behind `\\?\` the name may be what it likes. */
export function makeFile(path: string): void {
  must(closeHandle(open(path, SHARE_ALL, CREATE_NEW)), 'closing');
}

export function makeFolder(path: string): void {
  must(createDirectory(path, null), `making ${path}`);
}

export function setAttributes(path: string, attributes: number): void {
  must(setFileAttributes(path, attributes), 'setting attributes');
}

/** @param filetime 100 ns since 1601 */
export function setModified(path: string, filetime: bigint): void {
  const handle = open(path, SHARE_ALL, OPEN_EXISTING);
  const time = Buffer.alloc(8);
  time.writeBigUInt64LE(filetime);
  const worked = setFileTime(handle, null, null, time);
  closeHandle(handle);
  must(worked, 'setting the time');
}
