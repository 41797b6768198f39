import type { Fingerprint } from '../../../src-shared/model/item.ts';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import type { SourceFile } from '../source.ts';
import { callLater } from './call-later.ts';
import { forFile } from './create-file.ts';
import { problemOf } from './errors.ts';
import { type FileInfo, fileInfo } from './file-info.ts';
import { closeHandle, createFile, type Handle, isInvalid } from './kernel32.ts';
import { readLater } from './read-at.ts';

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
      const count = await readLater(this.#handle, into.subarray(filled), offset + filled, this.#where);
      if (!count.ok) return count;
      if (count.value === 0) break;
      filled += count.value;
    }
    return ok(filled);
  }

  close(): Promise<void> {
    return close(this.#handle);
  }
}
