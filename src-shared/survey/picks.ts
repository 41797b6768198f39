import type { SurveyBin, SurveyFigures } from '../contract/assessments.ts';
import type { ItemQuery, ItemTraits, Range } from '../contract/item-query.ts';
import type { Readiness } from './survey.ts';

/** The pictures that are columns side by side. */
export const columnPictures = ['sizes', 'ages', 'pathLengths', 'depths'] as const;
export type ColumnPicture = (typeof columnPictures)[number];

/** What is picked in the pictures of an assessment; columns by their place. All that is picked must be true of an item. */
export interface Picks extends Readonly<Partial<Record<ColumnPicture, number>>> {
  readonly ready?: Readiness | undefined;
  /** An extension; '' for files without one. */
  readonly type?: string | undefined;
  /** Path of a folder. */
  readonly below?: string | undefined;
  readonly code?: string | undefined;
}

/** The items that the pictures count where something is picked in them: columns and kinds are made of files alone. */
export function queryOf(picks: Picks, figures: SurveyFigures): ItemQuery {
  const { ready, type, below, code } = picks;
  const column = (picture: ColumnPicture): SurveyBin | undefined => {
    const at = picks[picture];
    return at === undefined ? undefined : figures[picture][at];
  };
  const [size, age, length, depth] = columnPictures.map(column);
  const traits: ItemTraits = {
    ...(ready === 'ready' || ready === 'changes' ? { readiness: ready } : {}),
    ...(size ? { size: rangeOf(size) } : {}),
    ...(age ? { modified: timesOf(age, figures.asOf) } : {}),
    ...(length ? { pathLength: rangeOf(length, figures.rootPathLength) } : {}),
    ...(depth ? { depth: rangeOf(depth) } : {}),
    ...(type === undefined ? {} : { extension: type }),
    ...(below ? { below } : {}),
  };
  const ofFiles = size ?? age ?? length ?? depth ?? type;
  return {
    ...(ofFiles === undefined ? {} : { kind: 'file' }),
    ...(ready === 'blocked' ? { outcome: 'failed' } : {}),
    ...(ready === 'left-out' ? { outcome: 'left-out' } : {}),
    ...(code === undefined ? {} : { code }),
    ...(Object.keys(traits).length === 0 ? {} : { traits }),
  };
}

/** What lies below the first bound belongs to the first column. @param less what is taken off the bounds */
function rangeOf({ from, to }: SurveyBin, less = 0): Range {
  return {
    ...(from === null || from === 0 ? {} : { from: from - less }),
    ...(to === null ? {} : { to: to - less }),
  };
}

/** Times of files of an age, to the millisecond: the younger bound is the one that is included. */
function timesOf({ from, to }: SurveyBin, asOf: number): Range {
  return {
    ...(to === null ? {} : { from: asOf - to + 1 }),
    ...(from === null ? {} : { to: asOf - from + 1 }),
  };
}
