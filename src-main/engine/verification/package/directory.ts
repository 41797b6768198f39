import { bytesAt, type RandomReader } from './random-reader.ts';

/** A part of a package (PKWARE APPNOTE 6.3.10, 4.3.12). */
export interface PackageEntry {
  readonly name: string;
  /** 0 stored, 8 deflated; others are not read. */
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  readonly headerAt: number;
}

const END = 0x06054b50;
const END_BYTES = 22;
const END64_PLACE = 0x07064b50;
const END64 = 0x06064b50;
const HEADER = 0x02014b50;
const HEADER_BYTES = 46;
const FULL_16 = 0xffff;
const FULL_32 = 0xffffffff;
const LONGEST_COMMENT = 0xffff;
/** A document has some hundred parts. A directory of more bytes than this is not read into memory. */
const LARGEST_DIRECTORY = 32 * 1_048_576;

/**
 * The parts that the directory at the end of a zip lists; undefined for what is no zip that can be read (encrypted, in several volumes,
 * damaged, or with a directory that is too large). Of the file only the directory is read.
 */
export async function readDirectory(reader: RandomReader): Promise<readonly PackageEntry[] | undefined> {
  const end = await findEnd(reader);
  if (end === undefined || end.bytes > LARGEST_DIRECTORY) return undefined;
  const directory = await bytesAt(reader, end.at, end.bytes);
  if (directory === undefined) return undefined;
  const entries: PackageEntry[] = [];
  const names = new Set<string>();
  for (let at = 0; entries.length < end.entries; ) {
    const read = entryAt(directory, at);
    // Of two parts of one name nobody can say which one counts.
    if (read === undefined || names.has(read.entry.name)) return undefined;
    names.add(read.entry.name);
    entries.push(read.entry);
    at = read.next;
  }
  return entries;
}

interface End {
  readonly at: number;
  readonly bytes: number;
  readonly entries: number;
}

/** The record stands at the end, before a comment of any length up to 64 KiB; the last one that fits counts. */
async function findEnd(reader: RandomReader): Promise<End | undefined> {
  const length = Math.min(reader.size, END_BYTES + LONGEST_COMMENT);
  const from = reader.size - length;
  const tail = await bytesAt(reader, from, length);
  if (tail === undefined) return undefined;
  for (let at = tail.length - END_BYTES; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== END || at + END_BYTES + tail.readUInt16LE(at + 20) !== tail.length)
      continue;
    const [entries, bytes, place] = [
      tail.readUInt16LE(at + 10),
      tail.readUInt32LE(at + 12),
      tail.readUInt32LE(at + 16),
    ];
    if (entries !== FULL_16 && bytes !== FULL_32 && place !== FULL_32) return { at: place, bytes, entries };
    return findEnd64(reader, from + at);
  }
  return undefined;
}

async function findEnd64(reader: RandomReader, endAt: number): Promise<End | undefined> {
  const place = await bytesAt(reader, endAt - 20, 20);
  if (place?.readUInt32LE(0) !== END64_PLACE) return undefined;
  const end = await bytesAt(reader, Number(place.readBigUInt64LE(8)), 56);
  if (end?.readUInt32LE(0) !== END64) return undefined;
  const [entries, bytes, at] = [32, 40, 48].map((where) => Number(end.readBigUInt64LE(where)));
  return entries === undefined || bytes === undefined || at === undefined
    ? undefined
    : { entries, bytes, at };
}

function entryAt(
  directory: Buffer,
  at: number,
): { readonly entry: PackageEntry; readonly next: number } | undefined {
  if (at + HEADER_BYTES > directory.length || directory.readUInt32LE(at) !== HEADER) return undefined;
  const encrypted = (directory.readUInt16LE(at + 8) & 1) === 1;
  const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((where) =>
    directory.readUInt16LE(at + where),
  );
  const nameAt = at + HEADER_BYTES;
  const extraAt = nameAt + (nameBytes ?? 0);
  const next = extraAt + (extraBytes ?? 0) + (commentBytes ?? 0);
  if (encrypted || next > directory.length) return undefined;
  const wide = wideSizes(directory.subarray(extraAt, extraAt + (extraBytes ?? 0)));
  const size = directory.readUInt32LE(at + 24);
  const packedSize = directory.readUInt32LE(at + 20);
  const headerAt = directory.readUInt32LE(at + 42);
  const entry: PackageEntry = {
    name: directory.toString('utf8', nameAt, extraAt),
    method: directory.readUInt16LE(at + 10),
    crc: directory.readUInt32LE(at + 16),
    size: size === FULL_32 ? wide() : size,
    packedSize: packedSize === FULL_32 ? wide() : packedSize,
    headerAt: headerAt === FULL_32 ? wide() : headerAt,
  };
  const known = [entry.size, entry.packedSize, entry.headerAt].every((number) =>
    Number.isSafeInteger(number),
  );
  return known ? { entry, next } : undefined;
}

/** The numbers that need 64 bits, in the order in which they come (extra field 1); NaN where there is none. */
function wideSizes(extra: Buffer): () => number {
  let field: Buffer = Buffer.alloc(0);
  for (let at = 0; at + 4 <= extra.length; ) {
    const length = extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === 1) field = extra.subarray(at + 4, at + 4 + length);
    at += 4 + length;
  }
  let at = 0;
  return () => {
    at += 8;
    return at <= field.length ? Number(field.readBigUInt64LE(at - 8)) : Number.NaN;
  };
}
