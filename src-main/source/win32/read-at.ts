import { ok, type Result } from '../../../src-shared/model/problem.ts';
import { callLater } from './call-later.ts';
import { problemOf } from './errors.ts';
import { getLastError, type Handle, readFile } from './kernel32.ts';

const HANDLE_EOF = 38;
/** Windows counts bytes in 32 bits. */
const MOST_AT_ONCE = 0x4000_0000;

/** Reads bytes from an offset on, fewer than fit where the system gives no more at once; 0 at the end of the file. */
export async function readLater(
  handle: Handle,
  into: Uint8Array,
  offset: number,
  where: string,
): Promise<Result<number>> {
  const count = Buffer.alloc(4);
  const bytes = Math.min(into.byteLength, MOST_AT_ONCE);
  const { result, error } = await callLater(readFile, handle, into, bytes, count, overlappedAt(offset));
  return outcome(result, error, count, where);
}

/** The same in this thread. */
export function readNow(handle: Handle, into: Uint8Array, offset: number, where: string): Result<number> {
  const count = Buffer.alloc(4);
  const result = readFile(handle, into, Math.min(into.byteLength, MOST_AT_ONCE), count, overlappedAt(offset));
  return outcome(result, result === 0 ? getLastError() : 0, count, where);
}

function outcome(result: number, error: number, count: Buffer, where: string): Result<number> {
  if (result !== 0) return ok(count.readUInt32LE(0));
  return error === HANDLE_EOF ? ok(0) : problemOf(error, 'file', where);
}

/** An OVERLAPPED that says where to read; the handle is synchronous, so the call ends when the bytes are there. */
function overlappedAt(offset: number): Buffer {
  const overlapped = Buffer.alloc(32);
  overlapped.writeUInt32LE(offset % 0x1_0000_0000, 16);
  overlapped.writeUInt32LE(Math.floor(offset / 0x1_0000_0000), 20);
  return overlapped;
}
