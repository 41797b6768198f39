import fc from 'fast-check';
import { expect, it } from 'vitest';
import { itemKinds } from '../../../src-shared/model/item.ts';
import type { JudgedEntry } from '../journal.ts';
import { packFileId } from './item-state.ts';
import { packEntries, ReceivedEntries } from './pack-entries.ts';

const planned: JudgedEntry['decision'] = {
  do: 'settle',
  outcome: 'planned',
  grade: undefined,
  code: undefined,
  remote: undefined,
};

const decision: fc.Arbitrary<JudgedEntry['decision']> = fc.oneof(
  fc.constant(planned),
  fc.constant({ do: 'copy', replace: undefined } as const),
  fc.constant({ do: 'copy', replace: undefined, leavesCopy: true } as const),
  fc.string().map((id) => ({ do: 'copy', replace: { id, tag: `"${id}"` } }) as const),
  fc.string().map((id) => ({
    ...planned,
    outcome: 'present' as const,
    remote: { id, tag: id, hash: undefined },
  })),
  fc.nat().map((movedFrom) => ({ ...planned, outcome: 'present' as const, movedFrom })),
);

const entry: fc.Arbitrary<JudgedEntry> = fc.record({
  name: fc.string({ unit: 'binary' }).filter((name) => !name.includes('\0')),
  kind: fc.constantFrom(...itemKinds),
  size: fc.maxSafeNat(),
  modified: fc.double({ noNaN: true }),
  created: fc.double({ noNaN: true }),
  fileId: fc.option(
    fc.oneof(
      fc.bigInt(0n, 2n ** 70n).map((id) => id.toString()),
      fc.constantFrom('0', '007', '18446744073709551615', '9223372036854775808', 'a name'),
    ),
    { nil: undefined },
  ),
  destinationName: fc.option(fc.string(), { nil: undefined }),
  findings: fc.array(fc.record({ code: fc.constant('name-changed' as const), detail: fc.string() }), {
    maxLength: 2,
  }),
  decision,
});

it('gives back any entries as they were, through the border of a thread', () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 40 }), (entries) => {
      const received = new ReceivedEntries(structuredClone(packEntries(entries)));
      expect(entries.map((_, i) => received.entry(i))).toEqual(entries);
      expect(received.names.length).toBe(entries.length);
      expect(entries.map((_, i) => received.keptFileId(i))).toEqual(
        entries.map(({ fileId }) => packFileId(fileId)),
      );
    }),
  );
});
