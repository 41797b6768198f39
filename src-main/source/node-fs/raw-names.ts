import { readdirSync } from 'node:fs';

/** What Node puts in place of bytes that are not UTF-8; a name may also hold it in earnest. */
export const REPLACEMENT = '\uFFFD';

/** A name as its bytes, and as text that no other name in its folder has. */
export interface RawName {
  readonly bytes: Buffer;
  readonly text: string;
  readonly readable: boolean;
}

/**
 * The names of a folder that decode to something with U+FFFD in it, by what Node makes of them. Asked only when such a name
 * came: several of them can decode to the same text, so the folder is read once more, as bytes.
 */
export function readRawNames(folder: string): Map<string, RawName[]> {
  const names = new Map<string, RawName[]>();
  for (const bytes of readdirSync(folder, { encoding: 'buffer' })) {
    const decoded = bytes.toString('utf8');
    if (!decoded.includes(REPLACEMENT)) continue;
    const readable = Buffer.from(decoded, 'utf8').equals(bytes);
    const text = readable ? decoded : spellOut(bytes);
    names.set(decoded, [...(names.get(decoded) ?? []), { bytes, text, readable }]);
  }
  return names;
}

/**
 * Text for bytes that are no text: what can be read stays, every other byte becomes U+FFFD and two hexadecimal digits.
 * `caf\xE9.txt` (Latin-1) -> `caf�E9.txt`.
 */
export function spellOut(bytes: Uint8Array): string {
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const length = [1, 2, 3, 4].find((n) => at + n <= bytes.length && isText(bytes.subarray(at, at + n)));
    if (length === undefined) {
      text += REPLACEMENT + (bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, '0');
      at += 1;
    } else {
      text += strict.decode(bytes.subarray(at, at + length));
      at += length;
    }
  }
  return text;
}

/** Throws on anything that is not UTF-8. The mark at the beginning of some files is a character of a name like others. */
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function isText(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
