import type { ItemFilter } from '../../../src-shared/contract/console-types.ts';
import { grades, itemKinds, outcomes } from '../../../src-shared/model/item.ts';
import type { KeptRow } from './result-row.ts';

/**
 * Items are looked for by stretches of their numbers: of each the table `stretch` says what is in it. That takes a
 * fraction of a byte an item, where one index on what is asked for takes eleven.
 */
export const STRETCH = 256;

/** Marks from here on say that a code is in a stretch, those below what an item is. */
const CODES = 1_024;
const NO_GRADE = 7;

export function stretchOf(id: number): number {
  return Math.floor(id / STRETCH);
}

/** Outcome, grade and kind in one number: what is asked for together is found together. Undefined for a name alone. */
export function classMark({ outcome, grade, kind }: KeptRow): number | undefined {
  return outcome === null ? undefined : outcome * 32 + (grade ?? NO_GRADE) * 4 + kind;
}

/** @param code its number in this file */
export function codeMark(code: number): number {
  return CODES + code;
}

/** A condition in SQL on the marks of items that a filter asks for. */
export function marksAsked({ outcome, grade, kind }: ItemFilter): string {
  const terms = [`mark < ${CODES}`];
  if (outcome !== undefined) terms.push(`mark / 32 = ${outcomes.indexOf(outcome)}`);
  if (grade !== undefined) terms.push(`mark / 4 % 8 = ${grades.indexOf(grade)}`);
  if (kind !== undefined) terms.push(`mark % 4 = ${itemKinds.indexOf(kind)}`);
  return terms.join(' AND ');
}
