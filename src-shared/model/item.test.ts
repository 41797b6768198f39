import { describe, expect, it } from 'vitest';
import { grades, outcomes, sameFingerprint } from './item.ts';

describe('fingerprints', () => {
  const file = { size: 10, modified: 1_700_000_000_500 };

  it('differ by size, however close the times', () => {
    expect(sameFingerprint(file, { ...file, size: 11 }, 2_000)).toBe(false);
  });

  it('compare times as coarsely as the coarser side keeps them', () => {
    const cut = { ...file, modified: 1_700_000_000_000 };
    expect(sameFingerprint(file, cut)).toBe(false);
    expect(sameFingerprint(file, cut, 1_000)).toBe(true);
    expect(sameFingerprint(cut, file, 499)).toBe(false);
  });
});

describe('what the stores keep as an index', () => {
  // Stored by position: an old database reads other words when one moves.
  it('has kept its order', () => {
    expect(outcomes).toEqual(['copied', 'present', 'left-out', 'failed', 'accepted', 'planned']);
    expect(grades.slice(0, 6)).toEqual([
      'identical',
      'rewritten',
      'size-equal',
      'present',
      'differs',
      'missing',
    ]);
  });
});
