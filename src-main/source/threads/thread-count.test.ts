import { describe, expect, it } from 'vitest';
import { ThreadCount } from './thread-count.ts';

function countAfter(answers: readonly Answer[]): ThreadCount {
  const count = new ThreadCount({ fewest: 2, most: 16 });
  for (const [took, entries] of answers) count.listed(took, entries);
  return count;
}

type Answer = readonly [took: number, entries: number];

const times = (count: number, took: number, entries: number, ...then: readonly Answer[]): Answer[] =>
  Array.from({ length: count }, () => [[took, entries] as const, ...then]).flat();

describe('how many threads list', () => {
  it.each([
    ['nothing is known', [], 40, 2],
    ['a warm disk', times(50, 0.3, 100), 40, 2],
    ['a warm disk, large folders', times(50, 4, 1_000), 40, 2],
    ['a warm disk on a busy machine', times(50, 1.5, 100), 40, 2],
    ['one very slow folder', [...times(50, 0.3, 100), [800, 100]], 40, 2],
    ['a warm disk where every third is put aside', times(30, 0.4, 100, [0.4, 100], [40, 100]), 40, 2],
    ['5 ms a folder', times(50, 5, 100), 40, 16],
    ['5 ms a folder, few to list', times(50, 5, 100), 5, 5],
    ['5 ms an entry', times(50, 500, 100), 40, 16],
    ['nothing to list', times(50, 5, 100), 0, 2],
  ] as const)('%s', (_, answers, listings, wanted) => {
    expect(countAfter(answers).wanted(listings)).toBe(wanted);
  });

  it.each([
    ['a warm disk on a busy machine', 15, 2],
    ['a file server at 5 ms a call', 500, 16],
  ])('follows how long files take that are read: %s', (_, took, wanted) => {
    const count = countAfter([]);
    for (let i = 0; i < 50; i++) count.read(took, 20);
    expect(count.wanted(40)).toBe(wanted);
  });

  it('becomes small again when the share is fast again', () => {
    const count = countAfter(times(50, 20, 10));
    for (const [took, entries] of times(50, 0.2, 10)) count.listed(took, entries);
    expect(count.wanted(40)).toBe(2);
  });
});
