import { isCode } from '../../../src-shared/catalogue/catalogue.ts';
import type { ItemRow } from '../../../src-shared/contract/console-types.ts';
import { grades, itemKinds, outcomes } from '../../../src-shared/model/item.ts';
import type { SurveyItem } from '../../../src-shared/survey/survey.ts';
import type { PlainResult } from '../pack-results.ts';
import { markedBy, markOf } from './item-mark.ts';

/** The outcome of what is gone at the source. */
export const GONE = 9;

/** Numbers of the items of a unit begin at its own number times this; journals stay below (10^12 items). */
export const UNIT_ITEMS = 2 ** 40;

/** A row of `item`, as in migrations/results. */
export interface KeptRow {
  readonly id: number;
  readonly parent: number;
  readonly name: string;
  /** What it is: see item-mark.ts. */
  readonly mark: number;
  readonly size: number;
  readonly modified: number;
  readonly destination_name: string | null;
}

export function idOf(unitNo: number, item: number): number {
  return unitNo * UNIT_ITEMS + item;
}

/** The id of the folder that an item is in. */
export function parentOf(row: { readonly id: number; readonly parent: number }): number {
  return unitNoOf(row.id) * UNIT_ITEMS + row.parent;
}

/** The number of the unit that an item was told by. */
export function unitNoOf(id: number): number {
  return Math.floor(id / UNIT_ITEMS);
}

/** The root has number 1 in the journal of every unit. */
export function isRoot(id: number): boolean {
  return id % UNIT_ITEMS === 1;
}

export function keptRow(unitNo: number, result: PlainResult): KeptRow {
  const { kind, grade } = result;
  return {
    id: idOf(unitNo, result.item),
    parent: result.parent,
    name: result.name,
    mark: markOf({ kind, outcome: result.outcome ?? goneOf(result), grade }),
    size: result.size,
    modified: Math.floor(result.modified / 1_000),
    destination_name: result.destinationName,
  };
}

function goneOf({ findings }: PlainResult): number | null {
  const gone = findings.some(({ code }) => code === 'deleted-at-source' || code === 'renamed-at-source');
  return gone ? GONE : null;
}

/** Whether a row is an item that the run found: neither the root, nor what is gone at the source. */
export function isFound(row: KeptRow): boolean {
  return markedBy(row.mark).outcome !== GONE && !isRoot(row.id);
}

/**
 * A row as a survey counts it.
 * @param folder id of the folder that it is in
 */
export function surveyItem(row: KeptRow, folder: number, codes: readonly string[]): SurveyItem {
  const marked = markedBy(row.mark);
  const kind = itemKinds[marked.kind];
  const outcome = marked.outcome === null ? null : outcomes[marked.outcome];
  if (kind === undefined || outcome === undefined) throw new Error(`item ${row.id} is not readable`);
  const { id, name, size } = row;
  return {
    id,
    folder,
    name,
    kind,
    size,
    modified: row.modified * 1_000,
    outcome,
    destinationName: row.destination_name,
    codes,
  };
}

export interface KeptFinding {
  readonly code: string;
  readonly detail: string | null;
}

export function shownRow(row: KeptRow, path: string, findings: readonly KeptFinding[]): ItemRow {
  const marked = markedBy(row.mark);
  const kind = itemKinds[marked.kind];
  const outcome = marked.outcome === null || marked.outcome === GONE ? null : outcomes[marked.outcome];
  const grade = marked.grade === null ? null : grades[marked.grade];
  if (kind === undefined || outcome === undefined || grade === undefined)
    throw new Error(`item ${row.id} is not readable`);
  return {
    item: row.id,
    path,
    kind,
    size: row.size,
    modified: row.modified * 1_000,
    outcome,
    grade,
    destinationName: row.destination_name,
    findings: findings.map(({ code, detail }) => {
      if (!isCode(code)) throw new Error(`${code} is no code of the catalogue`);
      return { code, ...(detail === null ? {} : { detail }) };
    }),
  };
}
