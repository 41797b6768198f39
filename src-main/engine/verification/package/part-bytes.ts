import { pipeline, Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import type { PackageEntry } from './directory.ts';
import { bytesAt, type RandomReader } from './random-reader.ts';

const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const PIECE = 262_144;
const STORED = 0;
const DEFLATED = 8;

/** What cannot be unpacked: damaged, or packed in a way that Office does not use. */
export class UnreadablePart extends Error {}

/** The bytes of a part as they are packed, piece by piece. */
export async function* packedBytes(reader: RandomReader, entry: PackageEntry): AsyncGenerator<Buffer> {
  const head = await bytesAt(reader, entry.headerAt, LOCAL_BYTES);
  if (head?.readUInt32LE(0) !== LOCAL) throw new UnreadablePart(entry.name);
  // Name and extra field have lengths of their own here.
  let at = entry.headerAt + LOCAL_BYTES + head.readUInt16LE(26) + head.readUInt16LE(28);
  const end = at + entry.packedSize;
  while (at < end) {
    const piece = await bytesAt(reader, at, Math.min(PIECE, end - at));
    if (piece === undefined) throw new UnreadablePart(entry.name);
    yield piece;
    at += piece.length;
  }
}

/** The bytes of a part, piece by piece: no more than some pieces are in memory, however large it is. */
export async function* partBytes(reader: RandomReader, entry: PackageEntry): AsyncGenerator<Uint8Array> {
  if (entry.method === STORED) {
    yield* packedBytes(reader, entry);
    return;
  }
  if (entry.method !== DEFLATED) throw new UnreadablePart(entry.name);
  const inflate = createInflateRaw();
  let trouble: unknown;
  pipeline(Readable.from(packedBytes(reader, entry), { objectMode: false }), inflate, (error) => {
    trouble = error;
  });
  let bytes = 0;
  try {
    for await (const piece of inflate) {
      if (!(piece instanceof Uint8Array)) throw new Error('a stream of bytes gave something else');
      bytes += piece.length;
      // More than it says it has: a bomb, or damage.
      if (bytes > entry.size) throw new UnreadablePart(entry.name);
      yield piece;
    }
  } catch (error) {
    const cause = trouble ?? error;
    const ofZlib = cause instanceof Error && 'code' in cause && String(cause.code).startsWith('Z_');
    throw ofZlib ? new UnreadablePart(entry.name) : cause;
  } finally {
    inflate.destroy();
  }
}

/** Whether two sequences of pieces are the same bytes, however they are cut. Stops at the first difference. */
export async function sameBytes(
  one: AsyncIterable<Uint8Array>,
  other: AsyncIterable<Uint8Array>,
): Promise<boolean> {
  const [a, b] = [one[Symbol.asyncIterator](), other[Symbol.asyncIterator]()];
  let [left, right]: [Uint8Array, Uint8Array] = [new Uint8Array(), new Uint8Array()];
  try {
    for (;;) {
      if (left.length === 0) left = await nextOf(a);
      if (right.length === 0) right = await nextOf(b);
      const length = Math.min(left.length, right.length);
      if (length === 0) return left.length === right.length;
      if (Buffer.compare(left.subarray(0, length), right.subarray(0, length)) !== 0) return false;
      left = left.subarray(length);
      right = right.subarray(length);
    }
  } finally {
    await a.return?.();
    await b.return?.();
  }
}

/** The next piece that is not empty; an empty one at the end. */
async function nextOf(pieces: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  for (;;) {
    const next = await pieces.next();
    if (next.done === true) return new Uint8Array();
    if (next.value.length > 0) return next.value;
  }
}
