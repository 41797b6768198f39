import fc from 'fast-check';
import { expect, it } from 'vitest';
import { itemKinds } from '../../../src-shared/model/item.ts';
import type { SourceEntry } from '../source.ts';
import { pack, unpack } from './packing.ts';

const problems = ['file-vanished', 'file-unreadable', 'read-failed'] as const;

const entry: fc.Arbitrary<SourceEntry> = fc
  .record({
    name: fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }).filter((name) => !name.includes('\0')),
    nameReadable: fc.boolean(),
    kind: fc.constantFrom(...itemKinds),
    size: fc.maxSafeNat(),
    modified: fc.double({ noNaN: true }),
    created: fc.double({ noNaN: true }),
    // 64 bits, beyond what a number holds exactly.
    fileId: fc.option(
      fc.bigInt(1n, 2n ** 64n - 1n).map((id) => id.toString()),
      { nil: undefined },
    ),
    links: fc.option(fc.integer({ min: 1, max: 0xffff }), { nil: undefined }),
    hidden: fc.boolean(),
    system: fc.boolean(),
    offline: fc.boolean(),
    problem: fc.option(fc.constantFrom(...problems), { nil: undefined }),
  })
  .map(({ problem, ...rest }) => (problem ? { ...rest, problem } : rest));

it('gives back any entries as they were', () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 50 }), (entries) => {
      expect(unpack(pack(entries))).toStrictEqual(entries);
    }),
  );
});
