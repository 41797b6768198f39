import type { FileHandle } from 'node:fs/promises';
import { ProblemError } from '../../../../src-shared/model/problem.ts';
import type { SourceFile } from '../../../source/source.ts';

/** A file that can be read at any place. */
export interface RandomReader {
  readonly size: number;
  /** Fills `into` from `offset`; fewer bytes only at the end of the file. Rejects with a ProblemError when the source cannot be read. */
  read(into: Uint8Array, offset: number): Promise<number>;
}

export function readerOfSource(file: SourceFile, size: number): RandomReader {
  return {
    size,
    async read(into, offset) {
      const read = await file.read(into, offset);
      if (!read.ok) throw new ProblemError(read.problem);
      return read.value;
    },
  };
}

export function readerOfHandle(file: FileHandle, size: number): RandomReader {
  return {
    size,
    async read(into, offset) {
      return (await file.read(into, 0, into.length, offset)).bytesRead;
    },
  };
}

/** Exactly so many bytes; undefined where the file has fewer. */
export async function bytesAt(
  reader: RandomReader,
  offset: number,
  length: number,
): Promise<Buffer | undefined> {
  if (offset < 0 || offset + length > reader.size) return undefined;
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; ) {
    const read = await reader.read(bytes.subarray(at), offset + at);
    if (read === 0) return undefined;
    at += read;
  }
  return bytes;
}
