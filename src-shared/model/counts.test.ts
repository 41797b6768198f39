import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addsUp,
  addTally,
  type Counts,
  emptyCounts,
  noTally,
  settled,
  stillToDo,
  type Tally,
} from './counts.ts';
import { countsSchema } from './counts-schema.ts';
import { type Outcome, outcomes } from './item.ts';

const tally = fc.record<Tally>({
  files: fc.nat(1_000_000),
  folders: fc.nat(1_000_000),
  others: fc.nat(1_000),
  bytes: fc.nat(),
});

/** One item and how it ended; undefined while it has not. */
const item = fc.record({
  kind: fc.constantFrom('files', 'folders', 'others'),
  bytes: fc.nat(10_000),
  outcome: fc.option(fc.constantFrom(...outcomes), { nil: undefined }),
});

function countOf(items: readonly { kind: string; bytes: number; outcome: Outcome | undefined }[]): Counts {
  const counts = emptyCounts();
  let found = counts.found;
  const byOutcome = { ...counts.byOutcome };
  for (const { kind, bytes, outcome } of items) {
    const one: Tally = { ...noTally, [kind]: 1, bytes: kind === 'files' ? bytes : 0 };
    found = addTally(found, one);
    if (outcome) byOutcome[outcome] = addTally(byOutcome[outcome], one);
  }
  return { ...counts, found, byOutcome };
}

describe('tallies', () => {
  it('add in any order and grouping, and nothing changes nothing', () => {
    fc.assert(
      fc.property(tally, tally, tally, (a, b, c) => {
        expect(addTally(a, b)).toEqual(addTally(b, a));
        expect(addTally(addTally(a, b), c)).toEqual(addTally(a, addTally(b, c)));
        expect(addTally(a, noTally)).toEqual(a);
      }),
    );
  });
});

describe('the accounts of a run', () => {
  it('found is settled and still to do, whatever was found', () => {
    fc.assert(
      fc.property(fc.array(item), (items) => {
        const counts = countOf(items);
        expect(addTally(settled(counts), stillToDo(counts))).toEqual(counts.found);
        expect(addsUp(counts, false)).toBe(true);
      }),
    );
  });

  it('add up for a finished run exactly when every item has an outcome', () => {
    fc.assert(
      fc.property(fc.array(item), (items) => {
        const finished = items.every(({ outcome }) => outcome !== undefined);
        expect(addsUp(countOf(items), true)).toBe(finished);
      }),
    );
  });

  it('never add up when more is settled than was found', () => {
    fc.assert(
      fc.property(fc.array(item), fc.constantFrom(...outcomes), (items, outcome) => {
        const counts = countOf(items);
        const byOutcome = { ...counts.byOutcome };
        for (const name of outcomes) byOutcome[name] = noTally;
        byOutcome[outcome] = addTally(counts.found, { ...noTally, files: 1 });
        expect(addsUp({ ...counts, byOutcome }, false)).toBe(false);
        expect(addsUp({ ...counts, byOutcome }, true)).toBe(false);
      }),
    );
  });

  it('do not let one kind make up for another', () => {
    const counts = countOf([{ kind: 'files', bytes: 0, outcome: undefined }]);
    const folder: Tally = { ...noTally, folders: 1 };
    expect(addsUp({ ...counts, byOutcome: { ...counts.byOutcome, copied: folder } }, false)).toBe(false);
  });

  it('survive being written down and read', () => {
    fc.assert(
      fc.property(fc.array(item), (items) => {
        const counts = countOf(items);
        expect(countsSchema.parse(JSON.parse(JSON.stringify(counts)))).toEqual(counts);
      }),
    );
    expect(countsSchema.safeParse({ ...emptyCounts(), found: { ...noTally, files: -1 } }).success).toBe(
      false,
    );
  });
});
