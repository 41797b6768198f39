import koffi, { type KoffiFunc } from 'koffi';
import { ok, type Result } from '../../../src-shared/model/problem.ts';
import { callLater } from './call-later.ts';
import { problemOf } from './errors.ts';
import { getLastError, type Handle, localFree } from './kernel32.ts';

const library = koffi.load('advapi32.dll');

const getNamedSecurityInfo: KoffiFunc<
  (
    path: string,
    type: number,
    parts: number,
    owner: null,
    group: null,
    dacl: null,
    sacl: null,
    descriptor: Buffer,
  ) => number
> = library.func(
  'uint32_t __stdcall GetNamedSecurityInfoW(str16 path, int type, uint32_t parts, void *owner, void *group, void *dacl, void *sacl, void *descriptor)',
);

const convertToText: KoffiFunc<
  (descriptor: Handle, revision: number, parts: number, text: Buffer, characters: Buffer) => number
> = library.func(
  'int __stdcall ConvertSecurityDescriptorToStringSecurityDescriptorW(intptr_t descriptor, uint32_t revision, uint32_t parts, void *text, void *characters)',
);

const SE_FILE_OBJECT = 1;
/** Owner, group and DACL. The SACL would need a right that hardly anybody has. */
const PARTS = 0x1 | 0x2 | 0x4;
const SDDL_REVISION = 1;

/** Owner, group and access list as SDDL. One or two round trips of the share: ask for folders, and for files on demand. */
export async function readAccessList(path: string, where: string): Promise<Result<string>> {
  const descriptor = Buffer.alloc(8);
  const { result: error } = await callLater(
    getNamedSecurityInfo,
    path,
    SE_FILE_OBJECT,
    PARTS,
    null,
    null,
    null,
    null,
    descriptor,
  );
  if (error !== 0) return problemOf(error, 'access-list', where);
  const pointer = descriptor.readBigUInt64LE();
  try {
    return asText(pointer, where);
  } finally {
    localFree(pointer);
  }
}

/** In memory only, so not worth another thread. */
function asText(descriptor: bigint, where: string): Result<string> {
  const text = Buffer.alloc(8);
  const characters = Buffer.alloc(4);
  if (convertToText(descriptor, SDDL_REVISION, PARTS, text, characters) === 0) {
    return problemOf(getLastError(), 'access-list', where);
  }
  const pointer = text.readBigUInt64LE();
  try {
    return ok(koffi.decode.string16(pointer));
  } finally {
    localFree(pointer);
  }
}
