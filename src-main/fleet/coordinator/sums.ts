import { addTally, type Counts, emptyCounts } from '../../../src-shared/model/counts.ts';
import { grades, outcomes } from '../../../src-shared/model/item.ts';

/** The accounts of several runs as one. */
export function sumCounts(all: Iterable<Counts>): Counts {
  const totals = new Totals();
  for (const counts of all) totals.add(counts, 1);
  return totals.counts();
}

interface Sum {
  items: number;
  bytes: number;
}

const PARTS = ['files', 'folders', 'others', 'bytes'] as const;
/** Tallies in a row of numbers: what was found, then each outcome, then each grade, then bytes that are done. */
const FOUND = 0;
const OUTCOMES = PARTS.length;
const GRADES = OUTCOMES + outcomes.length * PARTS.length;
const LENGTH = GRADES + grades.length * 2;

/** Accounts of many runs that are kept added up: a run is taken out as it was and put in as it is. */
export class Totals {
  readonly #sums = new Float64Array(LENGTH);
  readonly #codes = new Map<string, Sum>();

  add(counts: Counts, sign: 1 | -1): void {
    const sums = this.#sums;
    let at = FOUND;
    const put = (n: number): void => {
      sums[at] = (sums[at] ?? 0) + sign * n;
      at += 1;
    };
    for (const part of PARTS) put(counts.found[part]);
    for (const outcome of outcomes) for (const part of PARTS) put(counts.byOutcome[outcome][part]);
    for (const grade of grades) {
      put(counts.byGrade[grade].files);
      put(counts.byGrade[grade].bytes);
    }
    for (const [code, { items, bytes }] of Object.entries(counts.byCode)) {
      const sum = this.#codes.get(code) ?? { items: 0, bytes: 0 };
      sum.items += sign * items;
      sum.bytes += sign * bytes;
      if (sum.items === 0 && sum.bytes === 0) this.#codes.delete(code);
      else this.#codes.set(code, sum);
    }
  }

  counts(): Counts {
    const read = (at: number): number => this.#sums[at] ?? 0;
    const tally = (at: number) => ({
      files: read(at),
      folders: read(at + 1),
      others: read(at + 2),
      bytes: read(at + 3),
    });
    const { byOutcome, byGrade } = emptyCounts();
    return {
      found: tally(FOUND),
      byOutcome: Object.fromEntries(
        outcomes.map((outcome, no) => [outcome, addTally(byOutcome[outcome], tally(OUTCOMES + no * 4))]),
      ) as Counts['byOutcome'],
      byGrade: {
        ...byGrade,
        ...Object.fromEntries(
          grades.map((grade, no) => [
            grade,
            { files: read(GRADES + no * 2), bytes: read(GRADES + no * 2 + 1) },
          ]),
        ),
      },
      byCode: Object.fromEntries([...this.#codes].map(([code, sum]) => [code, { ...sum }])),
    };
  }
}
