import fc from 'fast-check';
import { expect, it } from 'vitest';
import { grades, itemKinds, outcomes } from '../../src-shared/model/item.ts';
import type { OutboxRow } from './journal.ts';
import { outboxRowOf, packResults, plainOf, unpackResults } from './pack-results.ts';

const row: fc.Arbitrary<OutboxRow> = fc.record({
  seq: fc.maxSafeNat(),
  item: fc.maxSafeNat(),
  parent: fc.maxSafeNat(),
  name: fc.string({ unit: 'binary' }).filter((name) => !name.includes('\0')),
  kind: fc.constantFrom(...itemKinds),
  size: fc.maxSafeNat(),
  modified: fc.double({ noNaN: true }),
  outcome: fc.option(fc.constantFrom(...outcomes), { nil: undefined }),
  grade: fc.option(fc.constantFrom(...grades), { nil: undefined }),
  destinationName: fc.option(fc.string(), { nil: undefined }),
  findings: fc.array(fc.record({ code: fc.constant('name-changed' as const), detail: fc.string() }), {
    maxLength: 2,
  }),
});

it('gives back any results as they were, through the border of a thread', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
      const packed = structuredClone(
        packResults(rows.map((one) => plainOf({ ...one, findings: [...one.findings] }))),
      );
      expect(unpackResults(packed).map(outboxRowOf)).toEqual(rows);
    }),
  );
});
