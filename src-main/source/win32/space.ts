import koffi, { type KoffiFunc } from 'koffi';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import type { Space } from '../../../src-shared/model/rights.ts';
import { callLater } from './call-later.ts';
import { problemOf } from './errors.ts';

const library = koffi.load('kernel32.dll');

const getDiskFreeSpaceEx: KoffiFunc<(folder: string, free: Buffer, total: Buffer, allFree: null) => number> =
  library.func('int __stdcall GetDiskFreeSpaceExW(str16 folder, void *free, void *total, void *allFree)');

/** Room on the volume of a folder; where there are quotas, what this account may use. @param where how it is called in problems */
export async function readSpace(native: string, where: string): Promise<Result<Space>> {
  const free = Buffer.alloc(8);
  const total = Buffer.alloc(8);
  // A share needs the backslash at its end; any other folder may have it.
  const folder = native.endsWith('\\') ? native : `${native}\\`;
  const { result, error } = await callLater(getDiskFreeSpaceEx, folder, free, total, null);
  if (result === 0)
    return failed('read-failed', { where, detail: problemOf(error, 'root', where).problem.detail });
  return ok({ free: Number(free.readBigUInt64LE()), total: Number(total.readBigUInt64LE()) });
}
