import koffi, { type KoffiFunc } from 'koffi';

/** The functions of Windows that reading needs. Loading this file fails on every other system. */

/** INVALID_HANDLE_VALUE is -1. */
export type Handle = number | bigint;

/** Calls wait in a queue, a quarter of a megabyte each; one more than this (256 if not said) would be an exception. Before any library. */
koffi.config({ ...koffi.config(), max_async_calls: 4_096 });

const library = koffi.load('kernel32.dll');

export const findFirstFileEx: KoffiFunc<
  (path: string, level: number, data: Buffer, search: number, filter: null, flags: number) => Handle
> = library.func(
  'intptr_t __stdcall FindFirstFileExW(str16 path, int level, void *data, int search, void *filter, uint32_t flags)',
);

export const findNextFile: KoffiFunc<(find: Handle, data: Buffer) => number> = library.func(
  'int __stdcall FindNextFileW(intptr_t find, void *data)',
);

export const findClose: KoffiFunc<(find: Handle) => number> = library.func(
  'int __stdcall FindClose(intptr_t find)',
);

export const createFile: KoffiFunc<
  (
    path: string,
    access: number,
    share: number,
    security: null,
    disposition: number,
    flags: number,
    template: number,
  ) => Handle
> = library.func(
  'intptr_t __stdcall CreateFileW(str16 path, uint32_t access, uint32_t share, void *security, uint32_t disposition, uint32_t flags, intptr_t template)',
);

export const readFile: KoffiFunc<
  (file: Handle, into: Uint8Array, bytes: number, count: Buffer, overlapped: Buffer) => number
> = library.func(
  'int __stdcall ReadFile(intptr_t file, void *into, uint32_t bytes, void *count, void *overlapped)',
);

export const getFileInformation: KoffiFunc<(file: Handle, info: Buffer) => number> = library.func(
  'int __stdcall GetFileInformationByHandle(intptr_t file, void *info)',
);

export const getFileInformationEx: KoffiFunc<
  (file: Handle, kind: number, info: Buffer, bytes: number) => number
> = library.func(
  'int __stdcall GetFileInformationByHandleEx(intptr_t file, int kind, void *info, uint32_t bytes)',
);

/** 0xFFFFFFFF for an error. */
export const getFileAttributes: KoffiFunc<(path: string) => number> = library.func(
  'uint32_t __stdcall GetFileAttributesW(str16 path)',
);

export const closeHandle: KoffiFunc<(handle: Handle) => number> = library.func(
  'int __stdcall CloseHandle(intptr_t handle)',
);

/** 0 when it worked. */
export const localFree: KoffiFunc<(memory: Handle) => Handle> = library.func(
  'intptr_t __stdcall LocalFree(intptr_t memory)',
);

/**
 * Of the last call in this thread. Node and V8 call Windows too in between; koffi keeps the number for us, and that of an
 * asynchronous call for its callback (koffi 2.3 and 3.2, seen to work under Wine).
 */
export const getLastError: KoffiFunc<() => number> = library.func('uint32_t __stdcall GetLastError()');

export function isInvalid(handle: Handle): boolean {
  return Number(handle) === -1;
}
