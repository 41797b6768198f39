import type { Listed } from './entry.ts';
import { filetimeAt, timesOf } from './filetime.ts';

/** WIN32_FIND_DATAW: attributes, three FILETIMEs, size, two reserved fields, the name, a short name that is not asked for. */
export const FIND_DATA_BYTES = 592;
const NAME = 44;
const NAME_CHARACTERS = 260;

/** Reads one WIN32_FIND_DATAW. It has no file id. */
export function readFindData(data: Buffer): Listed {
  return {
    name: nameIn(data),
    attributes: data.readUInt32LE(0),
    size: data.readUInt32LE(28) * 0x1_0000_0000 + data.readUInt32LE(32),
    // dwReserved0
    tag: data.readUInt32LE(36),
    ...timesOf(filetimeAt(data, 4), filetimeAt(data, 20)),
    fileId: undefined,
  };
}

/** The buffer is used again and again: behind the end of the name there is still the rest of a longer one. */
function nameIn(data: Buffer): string {
  let end = NAME;
  const last = NAME + NAME_CHARACTERS * 2;
  while (end < last && data.readUInt16LE(end) !== 0) end += 2;
  return data.toString('utf16le', NAME, end);
}
