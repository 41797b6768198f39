/**
 * Id and tag of a copy in few bytes. Graph gives an id of 34 and a tag of about 42 characters, in which one GUID stands twice:
 * the id is `01` and base32 of 20 bytes (4 of the drive, 16 the item's GUID in Windows' byte order), the tag
 * `"{GUID},version"`. (Taken apart from items in published answers of Graph; nowhere promised, so everything that has another form is kept as text,
 * and what is unpacked is always exactly what was packed.) So 76 characters become 18 bytes.
 *
 * First byte: bits 0-3 the drive's number, 0 = the id is text; bits 4-6 the form of the tag, see {@link TAG}.
 */
const TAG = { none: 0, sameGuid: 1, sameGuidStraight: 2, otherGuid: 3, text: 4 } as const;

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const VALUES = new Map([...BASE32].map((char, value) => [char, value]));
const GUID_TAG =
  /^"\{([0-9A-F]{8})-([0-9A-F]{4})-([0-9A-F]{4})-([0-9A-F]{4})-([0-9A-F]{12})\},(0|[1-9]\d{0,8})"$/;

/** Numbers for the 4 bytes that the ids of a drive begin with. At most 15: more are kept as text. */
export interface Drives {
  /** 1 to 15; makes a number for a new one while there is room. */
  numberOf(prefix: Buffer): number | undefined;
  prefixOf(number: number): Buffer;
}

export interface RemoteName {
  readonly id: string;
  readonly tag: string | undefined;
}

/** The id alone, as the key of tables: its first byte has no form of a tag. */
export function packId(id: string, drives: Drives): Buffer {
  return packRemote({ id, tag: undefined }, drives);
}

export function packRemote({ id, tag }: RemoteName, drives: Drives): Buffer {
  const bytes = id.length === 34 && id.startsWith('01') ? fromBase32(id) : undefined;
  const drive = bytes && drives.numberOf(bytes.subarray(0, 4));
  const guid = drive === undefined ? undefined : bytes?.subarray(4);
  const idPart = guid ?? textPart(id);
  const [form, tagPart] = packTag(tag, guid);
  return Buffer.concat([Buffer.of((drive ?? 0) | (form << 4)), idPart, tagPart]);
}

export function unpackRemote(packed: Uint8Array, drives: Drives): RemoteName {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.length);
  const first = bytes.readUInt8(0);
  const end = idEnd(bytes);
  const drive = first & 15;
  const guid = drive === 0 ? undefined : bytes.subarray(1, 17);
  const id = guid
    ? `01${toBase32(Buffer.concat([drives.prefixOf(drive), guid]))}`
    : bytes.toString('utf8', 6, end);
  return { id, tag: unpackTag(first >> 4, bytes.subarray(end), guid) };
}

/** The id's part of what {@link packRemote} made: equal to {@link packId} of the same id. */
export function idOf(packed: Uint8Array): Buffer {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.length);
  const id = Buffer.from(bytes.subarray(0, idEnd(bytes)));
  id.writeUInt8(bytes.readUInt8(0) & 15, 0);
  return id;
}

/** What the index of the journal on copies has of a packed id. */
export function indexKey(packed: Uint8Array): Uint8Array {
  return packed.subarray(1, 4);
}

/** 3 bytes of a hash first, so that the index can tell ids apart that begin alike; then length and text. */
function textPart(id: string): Buffer {
  const text = Buffer.from(id, 'utf8');
  let hash = 0x811c9dc5;
  for (const byte of text) hash = Math.imul(hash ^ byte, 0x01000193);
  const head = Buffer.alloc(5);
  head.writeUIntBE(((hash >>> 24) ^ hash) & 0xffffff, 0, 3);
  head.writeUInt16BE(text.length, 3);
  return Buffer.concat([head, text]);
}

function idEnd(bytes: Buffer): number {
  return (bytes.readUInt8(0) & 15) === 0 ? 6 + bytes.readUInt16BE(4) : 17;
}

function packTag(tag: string | undefined, guid: Buffer | undefined): readonly [form: number, part: Buffer] {
  if (tag === undefined) return [TAG.none, Buffer.alloc(0)];
  const match = GUID_TAG.exec(tag);
  if (!match) return [TAG.text, Buffer.from(tag, 'utf8')];
  const [, a = '', b = '', c = '', d = '', e = '', version = ''] = match;
  const straight = Buffer.from(a + b + c + d + e, 'hex');
  const number = varint(Number(version));
  if (guid?.equals(windowsOrder(straight))) return [TAG.sameGuid, number];
  if (guid?.equals(twoBitsOn(straight)))
    return [TAG.sameGuidStraight, Buffer.concat([Buffer.of(straight.readUInt8(0) >> 6), number])];
  return [TAG.otherGuid, Buffer.concat([straight, number])];
}

function unpackTag(form: number, part: Buffer, guid: Buffer | undefined): string | undefined {
  if (form === TAG.none) return undefined;
  if (form === TAG.text) return part.toString('utf8');
  if (form === TAG.otherGuid) return tagText(part.subarray(0, 16), readVarint(part.subarray(16)));
  if (!guid) throw new Error('a tag that refers to an id which is not there');
  if (form === TAG.sameGuid) return tagText(windowsOrder(guid), readVarint(part));
  return tagText(twoBitsBack(guid, part.readUInt8(0)), readVarint(part.subarray(1)));
}

function tagText(guid: Buffer, version: number): string {
  const hex = guid.toString('hex').toUpperCase();
  const groups = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return `"{${groups.join('-')}},${version}"`;
}

/** Between the order of a GUID's text and that of its bytes in Windows (first three groups little-endian); its own inverse. */
function windowsOrder(guid: Buffer): Buffer {
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  return Buffer.from(order.map((at) => guid.readUInt8(at)));
}

/**
 * Ids made of 6 letters and the GUID in straight order, in 26 letters of their own (as a practice tenant makes them): in the
 * 20 bytes the GUID stands two bits to the left, its first two bits among those of the drive.
 */
function twoBitsOn(guid: Buffer): Buffer {
  return Buffer.from(guid.map((byte, at) => (byte << 2) | ((guid[at + 1] ?? 0) >> 6)));
}

function twoBitsBack(shifted: Buffer, firstBits: number): Buffer {
  return Buffer.from(
    shifted.map((byte, at) => (byte >> 2) | (((at === 0 ? firstBits : (shifted[at - 1] ?? 0)) & 3) << 6)),
  );
}

/** 20 bytes of the 32 letters after `01`; undefined when there is another character among them. */
function fromBase32(id: string): Buffer | undefined {
  const bytes = Buffer.alloc(20);
  let bits = 0;
  let value = 0;
  let at = 0;
  for (let i = 2; i < id.length; i++) {
    const five = VALUES.get(id.charAt(i));
    if (five === undefined) return undefined;
    value = ((value << 5) | five) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.writeUInt8((value >> bits) & 0xff, at);
      at += 1;
    }
  }
  return bytes;
}

function toBase32(bytes: Buffer): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32.charAt((value >> bits) & 31);
    }
  }
  return text;
}

/** 7 bits a byte, least first: versions below 128 take one byte. */
function varint(number: number): Buffer {
  const bytes: number[] = [];
  let rest = number;
  while (rest > 127) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  return Buffer.from([...bytes, rest]);
}

function readVarint(bytes: Buffer): number {
  let number = 0;
  let scale = 1;
  for (const byte of bytes) {
    number += (byte & 127) * scale;
    if (byte < 128) break;
    scale *= 128;
  }
  return number;
}
