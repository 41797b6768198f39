import fc from 'fast-check';
import { expect, it } from 'vitest';
import { grades, itemKinds, outcomes } from '../../../src-shared/model/item.ts';
import { MARKS, markedBy, markOf } from './item-mark.ts';
import { GONE } from './result-row.ts';

it('gives back what went into a mark, whatever an item can be', () => {
  const index = (list: readonly unknown[]) => fc.nat(list.length - 1);
  fc.assert(
    fc.property(
      fc.record({
        kind: index(itemKinds),
        outcome: fc.option(fc.oneof(index(outcomes), fc.constant(GONE))),
        grade: fc.option(index(grades)),
      }),
      (marked) => {
        const mark = markOf(marked);
        expect(markedBy(mark)).toEqual(marked);
        expect(mark).toBeLessThan(MARKS);
      },
    ),
  );
});

it('takes no byte for what most items are', () => {
  expect(markOf({ kind: itemKinds.indexOf('file'), outcome: outcomes.indexOf('copied'), grade: 0 })).toBe(0);
});
