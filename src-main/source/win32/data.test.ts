import { describe, expect, it } from 'vitest';
import { FIND_DATA_BYTES, readFindData } from './find-data.ts';
import { readIdData } from './id-data.ts';

/** 2026-01-31 12:00:00.123 UTC and 2020-09-13 12:26:40 UTC as FILETIMEs. */
const CREATED = 134_143_344_001_230_000n;
const MODIFIED = 132_444_736_000_000_000n;

const expected = {
  name: 'Bericht.docx',
  attributes: 0x22,
  size: 0x2_0000_0005,
  created: Date.UTC(2026, 0, 31, 12, 0, 0, 123),
  modified: 1_600_000_000_000,
};

/** Written by hand from the layout of WIN32_FIND_DATAW (minwinbase.h), over whatever was there. */
function findData(name: string, over: Buffer): Buffer {
  over.writeUInt32LE(0x22, 0);
  over.writeBigUInt64LE(CREATED, 4);
  over.writeBigUInt64LE(1n, 12);
  over.writeBigUInt64LE(MODIFIED, 20);
  over.writeUInt32LE(2, 28);
  over.writeUInt32LE(5, 32);
  over.writeUInt32LE(0x9000_001a, 36);
  over.write(`${name}\0`, 44, 'utf16le');
  return over;
}

describe('WIN32_FIND_DATAW', () => {
  it('is read', () => {
    const data = findData('Bericht.docx', Buffer.alloc(FIND_DATA_BYTES));
    expect(readFindData(data)).toEqual({ ...expected, tag: 0x9000_001a, fileId: undefined });
  });

  it('leaves nothing of a longer name that was in the buffer before', () => {
    const data = findData('a much longer name.docx', Buffer.alloc(FIND_DATA_BYTES, 0xff));
    expect(readFindData(findData('short', data)).name).toBe('short');
  });

  it('may be full to its last character', () => {
    const name = `${'\u{1f600}'.repeat(127)}xxxxx`;
    expect(readFindData(findData(name, Buffer.alloc(FIND_DATA_BYTES, 0xff))).name).toBe(name);
    const unending = findData('y'.repeat(260), Buffer.alloc(FIND_DATA_BYTES, 0xff));
    unending.write('z', 564, 'utf16le');
    expect(readFindData(unending).name).toBe('y'.repeat(260));
  });

  it('keeps half a pair', () => {
    const data = findData('a\ud83db', Buffer.alloc(FIND_DATA_BYTES));
    expect(readFindData(data).name).toBe('a\ud83db');
  });
});

/** Written by hand from the layout of FILE_ID_BOTH_DIR_INFO (winbase.h). */
function idData(name: string, step: number): Buffer {
  const data = Buffer.alloc(step === 0 ? 104 + name.length * 2 : step, 0xee);
  data.writeUInt32LE(step, 0);
  data.writeBigUInt64LE(CREATED, 8);
  data.writeBigUInt64LE(1n, 16);
  data.writeBigUInt64LE(MODIFIED, 24);
  data.writeBigUInt64LE(2n, 32);
  data.writeBigInt64LE(0x2_0000_0005n, 40);
  data.writeBigInt64LE(0x3_0000_0000n, 48);
  data.writeUInt32LE(0x22, 56);
  data.writeUInt32LE(name.length * 2, 60);
  data.writeUInt32LE(0x9000_001a, 64);
  data.writeBigUInt64LE(0x0001_0000_0000_0a42n, 96);
  data.write(name, 104, 'utf16le');
  return data;
}

describe('FILE_ID_BOTH_DIR_INFO', () => {
  it('is read, one after the other', () => {
    const data = Buffer.concat([idData('Bericht.docx', 136), idData('\ud83d', 0)]);
    const first = readIdData(data, 0);
    expect(first).toEqual({
      listed: { ...expected, tag: 0x9000_001a, fileId: '281474976713282' },
      next: 136,
    });
    const second = readIdData(data, first.next ?? 0);
    expect(second.listed.name).toBe('\ud83d');
    expect(second.next).toBeUndefined();
  });
});
