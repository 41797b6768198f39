import { addTally, type Counts, emptyCounts } from '../../../src-shared/model/counts.ts';
import { grades, outcomes } from '../../../src-shared/model/item.ts';

/** The accounts of several runs as one. */
export function sumCounts(all: Iterable<Counts>): Counts {
  const sum = emptyCounts();
  let found = sum.found;
  const byOutcome = { ...sum.byOutcome };
  const byGrade = { ...sum.byGrade };
  const byCode: Record<string, { items: number; bytes: number }> = {};
  for (const counts of all) {
    found = addTally(found, counts.found);
    for (const outcome of outcomes)
      byOutcome[outcome] = addTally(byOutcome[outcome], counts.byOutcome[outcome]);
    for (const grade of grades) {
      const { files, bytes } = counts.byGrade[grade];
      byGrade[grade] = { files: byGrade[grade].files + files, bytes: byGrade[grade].bytes + bytes };
    }
    for (const [code, { items, bytes }] of Object.entries(counts.byCode)) {
      const before = byCode[code] ?? { items: 0, bytes: 0 };
      byCode[code] = { items: before.items + items, bytes: before.bytes + bytes };
    }
  }
  return { found, byOutcome, byGrade, byCode };
}
