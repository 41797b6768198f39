import type { ContentHasher } from './content-hasher.ts';

/**
 * Files that SharePoint document libraries change when they are saved (property promotion, document id):
 * size and hash then differ from what was sent (rclone docs; onedrive-api-docs #935).
 */
const REWRITTEN = new Set(
  (
    'docx docm dotx dotm xlsx xlsm xlsb xltx xltm xlam pptx pptm potx potm ppsx ppsm ppam ' +
    'xls msg vsd vsdx vsdm pub mpp one onetoc2 html htm aspx'
  ).split(' '),
);

const ADDED = 64;

/** How the stored bytes differ from the received ones. */
export interface Rewrite {
  /** Where in the received bytes others are XORed in. */
  readonly xorAt: number;
  readonly xor: Uint8Array;
  /** What comes after the received bytes. */
  readonly added: Uint8Array;
}

export function isRewritten(name: string): boolean {
  const dot = name.lastIndexOf('.');
  return dot >= 0 && REWRITTEN.has(name.slice(dot + 1).toLowerCase());
}

/**
 * 64 bytes more. In a zip they become its comment, announced in the end record, so that the document still
 * opens; elsewhere they just follow.
 */
export function rewriteOf(hasher: ContentHasher, guid: string): Rewrite {
  const added = Buffer.alloc(ADDED, 0x20);
  added.write(`document ${guid}`);
  const tail = hasher.tail;
  const zipEnd = tail.length === 22 && tail.readUInt32LE(0) === 0x06054b50 && tail.readUInt16LE(20) === 0;
  return zipEnd
    ? { xorAt: hasher.length - 2, xor: Uint8Array.of(ADDED, 0), added }
    : { xorAt: hasher.length, xor: new Uint8Array(0), added };
}
