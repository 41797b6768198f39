import { closeSync, mkdirSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BodyRef } from './drive-item.ts';

/** Up to here a body goes into a pack with others, at once and in one write; above it gets a file of its own. */
export const SMALL_BODY = 256 * 1024;
/** A pack that grew over this is followed by a new one. */
const PACK_SIZE = 256 * 1024 * 1024;
const READ_PIECE = 256 * 1024;
/** Pieces of this size are written at once; the socket's own pieces of 64 KiB cost three times as much. */
const WRITE_PIECE = 1024 * 1024;

/** Takes the bytes of one file, in order; what came in vain is taken back by `rewind`. */
export interface BodySink {
  /** Takes a piece; what it returns is to be waited for, so that memory does not fill. */
  readonly write: (chunk: Uint8Array, position: number) => Promise<void> | undefined;
  /** Resolves when all that was taken is with the operating system; rejects when it cannot be written. */
  readonly settle: () => Promise<void>;
  /** Bytes from here on were dropped and come again. */
  readonly rewind: (position: number) => void;
  /** All `length` bytes are there: changes some, adds others, then hands out where they are. */
  readonly finish: (length: number, change: BodyChange | undefined) => Promise<BodyRef>;
  readonly abandon: () => Promise<void>;
  /** The tenant closes while bytes are missing: keeps what is there. */
  readonly close: () => Promise<void>;
}

export interface BodyChange {
  readonly xorAt: number;
  readonly xor: Uint8Array;
  readonly added: Uint8Array;
}

export interface BodyStore {
  /** `name` is used for a file of its own, so that it can be found again after a restart. */
  readonly sink: (name: string, expected: number) => BodySink;
  /** The bytes `start` to `end` (excluded); nothing when they were not kept. */
  readonly read: (ref: BodyRef, start: number, end: number) => AsyncIterable<Uint8Array> | undefined;
  readonly remove: (ref: BodyRef) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Keeps nothing: for load tests, where hash and size are all that is asked for. */
export function discardingBodies(): BodyStore {
  const nowhere: BodySink = {
    write: () => undefined,
    settle: async () => undefined,
    rewind: () => undefined,
    finish: async () => ({ at: 'nowhere' }),
    abandon: async () => undefined,
    close: async () => undefined,
  };
  return {
    sink: () => nowhere,
    read: () => undefined,
    remove: async () => undefined,
    close: async () => undefined,
  };
}

/** Keeps bodies under a folder: `packs/` for small ones, `files/` for large ones. */
export function diskBodies(dir: string): BodyStore {
  const packs = join(dir, 'packs');
  const files = join(dir, 'files');
  mkdirSync(packs, { recursive: true });
  mkdirSync(files, { recursive: true });
  const packFds = new Map<number, { fd: number; size: number }>();
  let current = 0;

  const pack = (number: number): { fd: number; size: number } => {
    const known = packFds.get(number);
    if (known !== undefined) return known;
    const path = join(packs, String(number));
    const fd = openSync(path, 'a+');
    const opened = { fd, size: statSync(path).size };
    packFds.set(number, opened);
    return opened;
  };

  const packIn = (bytes: Uint8Array): BodyRef => {
    let at = pack(current);
    while (at.size >= PACK_SIZE) {
      current += 1;
      at = pack(current);
    }
    const offset = at.size;
    for (let done = 0; done < bytes.length; ) done += writeSync(at.fd, bytes, done);
    at.size += bytes.length;
    return { at: 'pack', pack: current, offset };
  };

  return {
    sink: (name, expected) =>
      expected <= SMALL_BODY ? packSink(packIn) : fileSink(join(files, name), { at: 'file', name }),
    read: (ref, start, end) => {
      if (ref.at === 'nowhere') return undefined;
      if (ref.at === 'pack') return readPiece(pack(ref.pack).fd, ref.offset + start, end - start);
      return readFileRange(join(files, ref.name), start, end);
    },
    remove: async (ref) => {
      if (ref.at === 'file') await rm(join(files, ref.name), { force: true });
    },
    close: async () => {
      for (const { fd } of packFds.values()) closeSync(fd);
      packFds.clear();
    },
  };
}

function packSink(packIn: (bytes: Uint8Array) => BodyRef): BodySink {
  let chunks: Uint8Array[] = [];
  return {
    write: (chunk) => {
      chunks.push(chunk);
      return undefined;
    },
    settle: async () => undefined,
    rewind: (position) => {
      chunks = [Buffer.concat(chunks).subarray(0, position)];
    },
    finish: async (_length, change) => {
      const bytes = Buffer.concat(change === undefined ? chunks : [...chunks, change.added]);
      change?.xor.forEach((bits, i) => {
        bytes[change.xorAt + i] = (bytes[change.xorAt + i] ?? 0) ^ bits;
      });
      return packIn(bytes);
    },
    abandon: async () => {
      chunks = [];
    },
    close: async () => undefined,
  };
}

/** Writes gathered pieces, one write at a time, while the next pieces already come in. */
function fileSink(path: string, ref: BodyRef): BodySink {
  let opening: Promise<FileHandle> | undefined;
  let gathered: Uint8Array[] = [];
  let gatheredBytes = 0;
  /** Where the first gathered byte belongs. */
  let from = 0;
  let writing: Promise<void> = Promise.resolve();
  let failure: { readonly error: unknown } | undefined;
  const handle = (): Promise<FileHandle> => {
    opening ??= open(path, 'a').then(async (file) => {
      // Opened once to be made, then for writing at places: a file that a restart left behind keeps its bytes.
      await file.close();
      return open(path, 'r+');
    });
    return opening;
  };
  const writeAll = async (pieces: Uint8Array[], position: number): Promise<void> => {
    const file = await handle();
    const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
    const { bytesWritten } = await file.writev(pieces, position);
    if (bytesWritten === bytes) return;
    const rest = Buffer.concat(pieces).subarray(bytesWritten);
    await writeAll([rest], position + bytesWritten);
  };
  const flush = async (): Promise<void> => {
    const before = writing;
    const [pieces, position] = [gathered, from];
    gathered = [];
    gatheredBytes = 0;
    // Only the write before is waited for: this one runs while more bytes arrive, and the next flush waits for it
    // and throws what it met.
    writing = before
      .then(() => (pieces.length === 0 ? undefined : writeAll(pieces, position)))
      .catch((error: unknown) => {
        failure ??= { error };
      });
    await before;
    if (failure !== undefined) throw failure.error;
  };
  const settle = async (): Promise<void> => {
    await flush();
    await writing;
    if (failure !== undefined) throw failure.error;
  };
  return {
    write: (chunk, position) => {
      if (gathered.length === 0) from = position;
      gathered.push(chunk);
      gatheredBytes += chunk.length;
      return gatheredBytes < WRITE_PIECE ? undefined : flush();
    },
    settle,
    rewind: () => {
      gathered = [];
      gatheredBytes = 0;
    },
    finish: async (length, change) => {
      await settle();
      const file = await handle();
      await file.truncate(length);
      if (change !== undefined) {
        const old = Buffer.alloc(change.xor.length);
        await file.read(old, 0, old.length, change.xorAt);
        const changed = old.map((byte, i) => byte ^ (change.xor[i] ?? 0));
        await writeAll([changed, change.added], change.xorAt);
      }
      await file.close();
      return ref;
    },
    abandon: async () => {
      if (opening !== undefined) {
        await settle();
        await (await opening).close();
      }
      await rm(path, { force: true });
    },
    close: async () => {
      if (opening === undefined) return;
      await settle();
      await (await opening).close();
    },
  };
}

async function* readPiece(fd: number, offset: number, length: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const count = readSync(fd, bytes, done, length - done, offset + done);
    if (count === 0) throw new Error('a pack of the practice tenant ends too early');
    done += count;
  }
  yield bytes;
}

async function* readFileRange(path: string, start: number, end: number): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r');
  try {
    for (let at = start; at < end; ) {
      const bytes = Buffer.alloc(Math.min(READ_PIECE, end - at));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, at);
      if (bytesRead === 0) throw new Error('a body of the practice tenant ends too early');
      yield bytes.subarray(0, bytesRead);
      at += bytesRead;
    }
  } finally {
    await file.close();
  }
}
