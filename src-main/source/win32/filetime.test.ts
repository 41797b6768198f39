import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filetimeAt, millisecondsOf, timesOf } from './filetime.ts';

function halves(filetime: bigint): { low: number; high: number } {
  const data = Buffer.alloc(12);
  data.writeBigUInt64LE(filetime, 4);
  return filetimeAt(data, 4);
}

describe('a FILETIME in milliseconds', () => {
  it.each([
    ['nothing', 0n, Date.UTC(1601, 0, 1)],
    ['1601-01-02', 864_000_000_000n, Date.UTC(1601, 0, 2)],
    ['just before 1970', 116_444_735_999_999_999n, -1],
    ['1970', 116_444_736_000_000_000n, 0],
    ['a second of today, to its last 100 ns', 134_085_123_459_999_999n, 1_764_038_745_999],
    ['2150', 173_247_552_000_000_000n, Date.UTC(2150, 0, 1)],
    ['the last one, in the year 30828', 0x7fff_ffff_ffff_ffffn, 910_692_730_085_477],
    ['no time at all', 0xffff_ffff_ffff_ffffn, 1_833_029_933_770_955],
  ])('%s', (_, filetime, milliseconds) => {
    const { low, high } = halves(filetime);
    expect(millisecondsOf(low, high)).toBe(milliseconds);
    expect(Number.isNaN(new Date(millisecondsOf(low, high)).getTime())).toBe(false);
  });

  it('is exact for every one of them', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 0xffff_ffff_ffff_ffffn }), (filetime) => {
        const { low, high } = halves(filetime);
        expect(millisecondsOf(low, high)).toBe(Number(filetime / 10_000n - 11_644_473_600_000n));
      }),
    );
  });

  it('takes the time of the last change where none of making is kept', () => {
    const modified = halves(116_444_736_010_000_000n);
    expect(timesOf(halves(0n), modified)).toEqual({ created: 1_000, modified: 1_000 });
    expect(timesOf(halves(10_000n), modified)).toEqual({ created: -11_644_473_599_999, modified: 1_000 });
  });
});
