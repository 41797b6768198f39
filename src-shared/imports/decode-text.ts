/** How the text of a file was found to be written. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Bytes that are looked at to find an encoding. */
const LOOKED_AT = 4_096;

/**
 * Reads the text of a file that some program wrote: by its mark if it has one, as UTF-16 where every other byte is nought, as UTF-8
 * where it is that, else as Windows writes it in the West. A mark is no part of the text.
 */
export function decodeText(bytes: Uint8Array): { readonly text: string; readonly encoding: Encoding } {
  const encoding = markOf(bytes) ?? utf16Of(bytes.subarray(0, LOOKED_AT));
  if (encoding !== undefined) return { text: new TextDecoder(encoding).decode(bytes), encoding };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' };
  }
}

function markOf([first, second, third]: Uint8Array): Encoding | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return undefined;
}

/** Latin letters in UTF-16 have a nought in one half. No text in another encoding has any. */
function utf16Of(start: Uint8Array): Encoding | undefined {
  let even = 0;
  let odd = 0;
  start.forEach((byte, at) => {
    if (byte !== 0) return;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  });
  const least = start.length / 8;
  if (odd > least && odd > even) return 'utf-16le';
  return even > least ? 'utf-16be' : undefined;
}
