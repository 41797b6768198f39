import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Ranking } from './ranking.ts';

it('keeps the largest, first come first kept, as sorting everything would', () => {
  const entries = fc.array(fc.record({ value: fc.nat(20), name: fc.nat() }));
  fc.assert(
    fc.property(entries, fc.integer({ min: 1, max: 5 }), (all, most) => {
      const ranking = new Ranking<(typeof all)[number]>(most, ({ value }) => value);
      for (const entry of all) ranking.add(entry);
      const sorted = all.toSorted((a, b) => b.value - a.value).slice(0, most);
      expect(ranking.list()).toEqual(sorted);
      expect(ranking.list()).toEqual(sorted);
    }),
  );
});
