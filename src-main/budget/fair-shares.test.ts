import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fairShares } from './fair-shares.ts';

const MORE = Number.POSITIVE_INFINITY;

describe('fairShares', () => {
  const rows: readonly [string, readonly number[], readonly number[]][] = [
    ['one has all', [0], [1]],
    ['one that lacks has all', [MORE], [1]],
    ['nobody', [], []],
    ['those who need nothing share alike', [0, 0], [0.5, 0.5]],
    ['those who lack share alike', [MORE, MORE, MORE], [1 / 3, 1 / 3, 1 / 3]],
    ['who lacks gets what the others leave, but for a little', [MORE, 0], [0.99, 0.01]],
    ['who needs little gets that', [MORE, 0.2, MORE], [0.4, 0.2, 0.4]],
    ['what is left goes by need', [0.1, 0.3], [0.25, 0.75]],
  ];
  it.each(rows)('%s', (_what, needs, shares) => {
    const given = fairShares(needs);
    expect(given).toHaveLength(shares.length);
    for (const [index, share] of given.entries()) expect(share).toBeCloseTo(shares[index] ?? -1, 9);
  });

  it('gives out the whole, to nobody less than to whoever needs less, and to nobody too little while another has more than it needs', () => {
    const need = fc.oneof(fc.double({ min: 0, max: 2, noNaN: true }), fc.constant(MORE));
    fc.assert(
      fc.property(fc.array(need, { minLength: 1, maxLength: 20 }), (needs) => {
        const shares = fairShares(needs);
        expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(1, 9);
        const lacking = shares.some((share, i) => share < (needs[i] ?? 0) - 1e-9);
        for (const [i, share] of shares.entries())
          for (const [j, other] of shares.entries()) {
            const [own, others] = [needs[i] ?? 0, needs[j] ?? 0];
            if (own >= others) expect(share).toBeGreaterThanOrEqual(other - 1e-9);
            if (lacking && share < own - 1e-9)
              expect(other).toBeLessThanOrEqual(Math.max(others, share, 0.02) + 1e-9);
          }
      }),
    );
  });
});
