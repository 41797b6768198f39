import { fileIdOf, type Listed } from './entry.ts';
import { filetimeAt, timesOf } from './filetime.ts';

const NAME = 104;

/**
 * Reads the FILE_ID_BOTH_DIR_INFO at `at`; `next` is where the next one begins, undefined after the last. EaSize of a reparse point is
 * its tag (MS-FSCC 2.4.17). The name has a length and no end.
 */
export function readIdData(data: Buffer, at: number): { listed: Listed; next: number | undefined } {
  const step = data.readUInt32LE(at);
  const nameBytes = data.readUInt32LE(at + 60);
  return {
    listed: {
      name: data.toString('utf16le', at + NAME, at + NAME + nameBytes),
      attributes: data.readUInt32LE(at + 56),
      size: data.readUInt32LE(at + 44) * 0x1_0000_0000 + data.readUInt32LE(at + 40),
      tag: data.readUInt32LE(at + 64),
      ...timesOf(filetimeAt(data, at + 8), filetimeAt(data, at + 24)),
      fileId: fileIdOf(data.readUInt32LE(at + 96), data.readUInt32LE(at + 100)),
    },
    next: step === 0 ? undefined : at + step,
  };
}
