import type { ItemTraits, Range } from '../../../src-shared/contract/item-query.ts';
import { outcomes } from '../../../src-shared/model/item.ts';
import { extensionOf } from '../../../src-shared/rules/notable.ts';
import { CHANGES } from '../../../src-shared/survey/survey.ts';
import { GONE, type KeptRow, UNIT_ITEMS } from './result-row.ts';

/** Conditions in SQL on rows of `item`, with their values in order. */
export interface Asked {
  readonly rows: readonly string[];
  readonly values: readonly (number | string)[];
}

const DONE_WITH = [outcomes.indexOf('failed'), outcomes.indexOf('left-out')];

/** What a row and its findings tell by themselves. @param codeNo number of a code in this file; undefined when nothing has it */
export function traitsInSql(traits: ItemTraits, codeNo: (code: string) => number | undefined): Asked {
  const rows = [`mark / 32 <> ${GONE}`, `id % ${UNIT_ITEMS} <> 1`];
  const values: (number | string)[] = [];
  const between = (column: string, range: Range | undefined, unit: number): void => {
    if (range?.from !== undefined) {
      rows.push(`${column} >= ?`);
      values.push(Math.ceil(range.from / unit));
    }
    if (range?.to !== undefined) {
      rows.push(`${column} < ?`);
      values.push(Math.ceil(range.to / unit));
    }
  };
  between('size', traits.size, 1);
  between('modified', traits.modified, 1_000);
  const { extension = '', readiness } = traits;
  // SQLite knows upper and lower case of ASCII only; whoever looks closer is `isOfExtension`.
  if (/^[ -~]+$/.test(extension)) {
    rows.push("name LIKE '%.' || ? ESCAPE '\\'");
    values.push(extension.replace(/[\\%_]/g, '\\$&'));
  }
  if (readiness !== undefined) {
    const codes = [...CHANGES].flatMap((code) => codeNo(code) ?? []);
    const changed = `EXISTS (SELECT 1 FROM finding WHERE finding.item = item.id AND finding.code IN (${codes.join(', ')}))`;
    rows.push(`mark / 32 NOT IN (${DONE_WITH.join(', ')})`);
    rows.push(readiness === 'changes' ? changed : `NOT ${changed}`);
  }
  return { rows, values };
}

/** Where folders lie, as {@link traitsInRow} asks. */
export interface FolderPlaces {
  /** Path of the folder that a row is in, below the source. */
  pathOf(row: KeptRow): string;
  /** Characters of that path at the destination, each name with its `/`. */
  lengthOf(row: KeptRow): number;
}

/** What only the folder of a row tells, or what SQL cannot; undefined where nothing of it is asked. */
export function traitsInRow(
  traits: ItemTraits,
  places: FolderPlaces,
): ((row: KeptRow) => boolean) | undefined {
  const { extension, depth, pathLength, below } = traits;
  const looks: ((row: KeptRow) => boolean)[] = [];
  if (extension !== undefined) looks.push((row) => extensionOf(row.name) === extension);
  if (below !== undefined && below !== '') {
    looks.push((row) => {
      const path = places.pathOf(row);
      return path === below || path.startsWith(`${below}/`);
    });
  }
  if (depth !== undefined) looks.push((row) => isIn(depth, depthOf(places.pathOf(row))));
  if (pathLength !== undefined) {
    looks.push((row) => {
      const { length } = row.destination_name ?? row.name;
      return isIn(pathLength, places.lengthOf(row) + 1 + length);
    });
  }
  return looks.length === 0 ? undefined : (row) => looks.every((look) => look(row));
}

function isIn({ from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }: Range, value: number) {
  return value >= from && value < to;
}

function depthOf(path: string): number {
  return path === '' ? 0 : path.split('/').length;
}
