import { type Counts, noTally, type Tally } from '../../../src-shared/model/counts.ts';
import { grades, outcomes } from '../../../src-shared/model/item.ts';
import { noUsage, type Usage } from '../../../src-shared/model/usage.ts';
import type { RunFacts } from './usage.ts';

/** Keeps one of all objects that are equal as JSON: of 50,000 tasks nearly all have the same settings. What is given in is never changed. */
export function createSharing<T>(): (one: T) => T {
  const known = new Map<string, T>();
  return (one) => {
    const text = JSON.stringify(one);
    const equal = known.get(text);
    if (equal !== undefined) return equal;
    known.set(text, one);
    return one;
  };
}

const NO_GRADE = { files: 0, bytes: 0 };

/** The same facts with one object for all that is nought: of most runs that is nearly all. */
export function sharingNoughts(facts: RunFacts): RunFacts {
  const { counts } = facts;
  const shared: Counts = {
    found: tallyOf(counts.found),
    byOutcome: { ...counts.byOutcome },
    byGrade: { ...counts.byGrade },
    byCode: counts.byCode,
  };
  for (const outcome of outcomes) shared.byOutcome[outcome] = tallyOf(counts.byOutcome[outcome]);
  for (const grade of grades) {
    const { files, bytes } = counts.byGrade[grade];
    if (files === 0 && bytes === 0) shared.byGrade[grade] = NO_GRADE;
  }
  return { ...facts, counts: shared, spent: isNought(facts.spent) ? noUsage : facts.spent };
}

function tallyOf(tally: Tally): Tally {
  const { files, folders, others, bytes } = tally;
  return files + folders + others + bytes === 0 ? noTally : tally;
}

function isNought(usage: Usage): boolean {
  return Object.values(usage).every((n) => n === 0);
}
