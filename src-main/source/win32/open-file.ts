import type { Fingerprint } from '../../../src-shared/model/item.ts';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import type { SourceFile } from '../source.ts';
import { callLater } from './call-later.ts';
import { forFile } from './create-file.ts';
import { problemOf } from './errors.ts';
import { type FileInfo, fileInfo } from './file-info.ts';
import { closeHandle, createFile, type Handle, isInvalid, readFile } from './kernel32.ts';

const HANDLE_EOF = 38;
/** Windows counts bytes in 32 bits. */
const MOST_AT_ONCE = 0x4000_0000;

/**
 * Opens a file for reading, with the functions of Windows and not through Node: libuv makes one `UNKNOWN` of most errors of a network,
 * and the right one decides whether a file or the whole share is in trouble. `where` is how it is called in problems.
 */
export async function openFile(path: string, where: string): Promise<Result<SourceFile>> {
  const { result: handle, error } = await callLater(createFile, path, ...forFile);
  if (isInvalid(handle)) return problemOf(error, 'file', where);
  const info = await fileInfo(handle, 'file', where);
  if (info.ok && !info.value.isFolder) return ok(new OpenFile(handle, where, info.value));
  await close(handle);
  return info.ok ? failed('file-vanished', { where, detail: 'no longer a file' }) : info;
}

export async function close(handle: Handle): Promise<void> {
  const { result, error } = await callLater(closeHandle, handle);
  if (result === 0) throw new Error(`closing a handle failed: error ${error}`);
}

class OpenFile implements SourceFile {
  readonly #handle: Handle;
  readonly #where: string;
  /** From opening: the first fingerprint needs no further call, as nothing was read in between. */
  #opened: FileInfo | undefined;

  constructor(handle: Handle, where: string, opened: FileInfo) {
    this.#handle = handle;
    this.#where = where;
    this.#opened = opened;
  }

  async fingerprint(): Promise<Result<Fingerprint>> {
    const info = this.#opened ? ok(this.#opened) : await fileInfo(this.#handle, 'file', this.#where);
    this.#opened = undefined;
    if (!info.ok) return info;
    const { size, modified, fileId } = info.value;
    return ok({ size, modified, fileId });
  }

  async read(into: Uint8Array, offset: number): Promise<Result<number>> {
    this.#opened = undefined;
    // A network drive may give less than was asked for in the middle of a file.
    let filled = 0;
    while (filled < into.byteLength) {
      const count = await this.#readOnce(into.subarray(filled), offset + filled);
      if (!count.ok) return count;
      if (count.value === 0) break;
      filled += count.value;
    }
    return ok(filled);
  }

  close(): Promise<void> {
    return close(this.#handle);
  }

  async #readOnce(into: Uint8Array, offset: number): Promise<Result<number>> {
    const count = Buffer.alloc(4);
    const bytes = Math.min(into.byteLength, MOST_AT_ONCE);
    const { result, error } = await callLater(
      readFile,
      this.#handle,
      into,
      bytes,
      count,
      overlappedAt(offset),
    );
    if (result !== 0) return ok(count.readUInt32LE(0));
    return error === HANDLE_EOF ? ok(0) : problemOf(error, 'file', this.#where);
  }
}

/** An OVERLAPPED that says where to read; the handle is synchronous, so the call ends when the bytes are there. */
function overlappedAt(offset: number): Buffer {
  const overlapped = Buffer.alloc(32);
  overlapped.writeUInt32LE(offset % 0x1_0000_0000, 16);
  overlapped.writeUInt32LE(Math.floor(offset / 0x1_0000_0000), 20);
  return overlapped;
}
