import { describe, expect, it } from 'vitest';
import { Retries } from './retries.ts';

describe('when an item may be tried again', () => {
  it('at once the first time, then later each time', () => {
    const retries = new Retries();
    expect(retries.wait({ attempts: 0 }, 5_000)).toBe(0);
    retries.putBack(1, 5_000);
    expect(retries.wait({ attempts: 1 }, 5_000)).toBe(1_000);
    expect(retries.wait({ attempts: 1 }, 7_000)).toBe(0);
    retries.putBack(2, 7_000);
    expect(retries.wait({ attempts: 2 }, 7_000)).toBe(4_000);
  });

  it('does not let a thousand of them wait one after the other', () => {
    const retries = new Retries();
    for (let i = 0; i < 1_000; i++) retries.putBack(1, i);
    expect(retries.wait({ attempts: 1 }, 2_000)).toBe(0);
  });
});
