import { sameFingerprint } from '../../../src-shared/model/item.ts';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import { QuickXorHash } from '../../../src-shared/rules/quick-xor-hash.ts';
import type { GroupMemory } from '../threads/group-memory.ts';
import type { FileAnswer } from '../threads/protocol.ts';
import { forFile } from './create-file.ts';
import { problemOf } from './errors.ts';
import { fileInfoNow } from './file-info.ts';
import { closeHandle, createFile, getLastError, type Handle, isInvalid } from './kernel32.ts';
import { readNow } from './read-at.ts';

/**
 * Reads a file of at most `limit` bytes in one go, with synchronous calls: for a thread of its own.
 * @param where how it is called in problems
 */
export function readWhole(path: string, where: string, limit: number, memory: GroupMemory): FileAnswer {
  const handle = createFile(path, ...forFile);
  if (isInvalid(handle)) return problemOf(getLastError(), 'file', where);
  const file = readOpened(handle, where, limit, memory);
  if (closeHandle(handle) === 0) throw new Error(`closing a handle failed: error ${getLastError()}`);
  return file;
}

function readOpened(handle: Handle, where: string, limit: number, memory: GroupMemory): FileAnswer {
  const before = fileInfoNow(handle, 'file', where);
  if (!before.ok) return before;
  if (before.value.isFolder) return failed('file-vanished', { where, detail: 'no longer a file' });
  const { size, modified, fileId } = before.value;
  if (size > limit) return ok(undefined);
  const bytes = memory.take(size);
  const filled = fill(handle, bytes, where);
  if (!filled.ok) return filled;
  const after = fileInfoNow(handle, 'file', where);
  if (!after.ok) return after;
  if (filled.value !== size || !sameFingerprint(before.value, after.value)) {
    return failed('file-changed-while-read', { where });
  }
  const hash = new QuickXorHash().update(bytes).toBase64();
  return ok({ fingerprint: { size, modified, fileId }, bytes, hash });
}

/** A network drive may give less than was asked for in the middle of a file. */
function fill(handle: Handle, bytes: Uint8Array, where: string): Result<number> {
  let filled = 0;
  while (filled < bytes.length) {
    const count = readNow(handle, bytes.subarray(filled), filled, where);
    if (!count.ok) return count;
    if (count.value === 0) break;
    filled += count.value;
  }
  return ok(filled);
}
