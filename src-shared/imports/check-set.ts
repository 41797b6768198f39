import { placeKey } from '../rules/place-key.ts';
import { sourceKey } from '../rules/source-spelling.ts';
import type { Draft } from './draft.ts';
import type { Fault } from './fault.ts';
import { addressOf } from './place.ts';

/** A task that is there already, as far as it is compared. */
export interface KnownTask {
  readonly source: string;
  readonly destination: string;
}

interface Keyed {
  readonly draft: Draft;
  readonly source: string;
  readonly place: string;
}

/** What is to be said about rows because of other rows, and of tasks that are there. Rows without source or destination are not compared. */
export function checkSet(drafts: readonly Draft[], known: readonly KnownTask[]): readonly Fault[] {
  const rows = drafts.flatMap((draft): Keyed[] => {
    const { source, site } = draft.cells;
    if (source === '' || site === '') return [];
    return [{ draft, source: sourceKey(source), place: placeKey(addressOf(draft)) }];
  });
  return [...twins(rows, known), ...sharedPlaces(rows), ...nested(rows), ...spelledOtherwise(rows)];
}

function twins(rows: readonly Keyed[], known: readonly KnownTask[]): Fault[] {
  const tasks = new Set(
    known.map(({ source, destination }) => pairOf(sourceKey(source), placeKey(destination))),
  );
  const first = new Map<string, number>();
  return rows.flatMap(({ draft, source, place }): Fault[] => {
    const pair = pairOf(source, place);
    if (tasks.has(pair)) return [{ code: 'import-task-exists', line: draft.line }];
    const earlier = first.get(pair);
    if (earlier === undefined) {
      first.set(pair, draft.line);
      return [];
    }
    return [{ code: 'import-same-row-twice', line: draft.line, detail: String(earlier) }];
  });
}

function sharedPlaces(rows: readonly Keyed[]): Fault[] {
  const first = new Map<string, Keyed>();
  return rows.flatMap((row): Fault[] => {
    const earlier = first.get(row.place);
    if (earlier === undefined) {
      first.set(row.place, row);
      return [];
    }
    if (earlier.source === row.source) return [];
    const { line } = row.draft;
    return [{ code: 'import-shared-destination', line, column: 'site', detail: String(earlier.draft.line) }];
  });
}

/** Sources inside of others. In the order of their paths, whatever contains one comes right before those that it contains. */
function nested(rows: readonly Keyed[]): Fault[] {
  const sorted = rows
    .map((row) => ({ ...row, inside: `${row.source.replaceAll('\\', '/')}/` }))
    .sort((a, b) => (a.inside < b.inside ? -1 : a.inside > b.inside ? 1 : a.draft.line - b.draft.line));
  const faults: Fault[] = [];
  let around: (typeof sorted)[number] | undefined;
  for (const row of sorted) {
    if (around !== undefined && row.inside !== around.inside && row.inside.startsWith(around.inside)) {
      const detail = String(around.draft.line);
      faults.push({ code: 'import-nested-source', line: row.draft.line, column: 'source', detail });
    } else around = row;
  }
  return faults;
}

function spelledOtherwise(rows: readonly Keyed[]): Fault[] {
  const first = new Map<string, Keyed>();
  return rows.flatMap((row): Fault[] => {
    const folded = row.source.toLowerCase();
    const earlier = first.get(folded);
    if (earlier === undefined) {
      first.set(folded, row);
      return [];
    }
    if (earlier.source === row.source) return [];
    const { line, cells } = row.draft;
    const detail = String(earlier.draft.line);
    return [{ code: 'import-spelled-otherwise', line, column: 'source', given: cells.source, detail }];
  });
}

function pairOf(source: string, place: string): string {
  return `${source}\n${place}`;
}
