import { mix32, seedNumber } from '../random.ts';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A GUID that always comes out the same for a seed and a name: sites, libraries, people. */
export function namedGuid(seed: number | string, name: string): string {
  return guidOf(seedNumber(seed), seedNumber(name), name.length, 0);
}

/**
 * GUIDs in a row. `generation` keeps the rows of two lives of one tenant (same data folder, started
 * twice) apart; it needs no record of how far the earlier row got.
 */
export function guidRow(seed: number | string, generation: number): () => string {
  const key = seedNumber(seed);
  let count = 0;
  return () => {
    count += 1;
    return guidOf(key, generation, count, 1);
  };
}

function guidOf(a: number, b: number, c: number, purpose: number): string {
  const bytes = Buffer.alloc(16);
  for (let word = 0; word < 4; word++) bytes.writeUInt32BE(mix32(a, b, c, purpose * 4 + word), word * 4);
  // Version 4, variant 1 (RFC 9562), as the service's own identifiers look.
  bytes[6] = 0x40 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0xa0 | ((bytes[8] ?? 0) & 0x0f);
  const hex = bytes.toString('hex');
  const text = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  // V8 keeps such a text as a tree of its pieces, ten times its size; a tenant holds one for each file.
  return flat(text);
}

function flat(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}

/** `b!` and 64 characters: site, web and list as 48 bytes in base64url, as Graph's drive ids are made. */
export function driveIdOf(siteGuid: string, webGuid: string, listGuid: string): string {
  const bytes = Buffer.concat([guidBytes(siteGuid), guidBytes(webGuid), guidBytes(listGuid)]);
  return `b!${bytes.toString('base64url')}`;
}

/** `01`, six characters of the drive, and the item's GUID in base32: 34 characters, as Graph's item ids. */
export function itemIdOf(drivePrefix: string, guid: string): string {
  return `01${drivePrefix}${base32(guidBytes(guid))}`;
}

/** The number of an item in its list, as SharePoint counts them; here a hash, that two of 10,000 items share once in fifty libraries. */
export function listItemIdOf(guid: string): number {
  return Number.parseInt(guid.slice(0, 8), 16) >>> 1;
}

/** The six characters that all item ids of a drive begin with (after `01`). */
export function drivePrefixOf(driveId: string): string {
  return base32(guidBytes(namedGuid('drive-prefix', driveId))).slice(0, 6);
}

function guidBytes(guid: string): Buffer {
  return Buffer.from(guid.replaceAll('-', ''), 'hex');
}

function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32.charAt((value >>> bits) & 31);
    }
    value &= (1 << bits) - 1;
  }
  return bits > 0 ? text + BASE32.charAt((value << (5 - bits)) & 31) : text;
}
