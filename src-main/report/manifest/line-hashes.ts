import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** A line of a file: its SHA-256 (hexadecimal, of all its bytes, the end of the line included), and how it begins. */
export interface HashedLine {
  readonly hash: string;
  readonly begins: string;
}

const NEW_LINE = 0x0a;
/** Bytes of a line that are kept, so that it can be told which one it is. */
const SHOWN = 160;

/**
 * The lines of a file, from the first byte to the last: each byte belongs to exactly one. A line ends with a line feed, or with the file.
 * Nothing is held in memory but a piece of the file, however long a line is.
 */
export async function* hashLines(file: string): AsyncGenerator<HashedLine> {
  let hash = createHash('sha256');
  let begins = Buffer.alloc(0);
  let open = false;
  for await (const chunk of createReadStream(file, { highWaterMark: 262_144 })) {
    const bytes = asBuffer(chunk);
    for (let at = 0; at < bytes.length; ) {
      const feed = bytes.indexOf(NEW_LINE, at);
      const end = feed < 0 ? bytes.length : feed + 1;
      const part = bytes.subarray(at, end);
      hash.update(part);
      if (begins.length < SHOWN) begins = Buffer.concat([begins, part.subarray(0, SHOWN - begins.length)]);
      open = true;
      at = end;
      if (feed < 0) continue;
      yield { hash: hash.digest('hex'), begins: begins.toString('utf8').trimEnd() };
      hash = createHash('sha256');
      begins = Buffer.alloc(0);
      open = false;
    }
  }
  if (open) yield { hash: hash.digest('hex'), begins: begins.toString('utf8').trimEnd() };
}

/** Size and SHA-256 (hexadecimal) of a whole file. */
export async function hashFile(file: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 262_144 })) {
    const part = asBuffer(chunk);
    hash.update(part);
    bytes += part.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

function asBuffer(chunk: unknown): Buffer {
  if (Buffer.isBuffer(chunk)) return chunk;
  throw new Error('a stream of bytes gave something else');
}
