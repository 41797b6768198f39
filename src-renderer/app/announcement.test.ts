import { describe, expect, it } from 'vitest';
import { announce, type Said } from './announcement.ts';

describe('what is said aloud', () => {
  it('is a new state and each tenth, not each second', () => {
    let said: Said | null = null;
    let words = 0;
    for (let second = 0; second <= 1_000; second += 1) {
      const next = announce(said, 'running', second / 1_000);
      if (next) words += 1;
      said = next ?? said;
    }
    expect(words).toBe(11);
    expect(announce(said, 'complete', 1)).toEqual({ state: 'complete', tenth: 10 });
  });

  it('is not a progress that fell because more was found', () => {
    expect(announce({ state: 'running', tenth: 5 }, 'running', 0.31)).toBeNull();
  });
});
