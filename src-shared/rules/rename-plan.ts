import { nameKey, planName } from './names.ts';

/** A row of a repair plan as a person gives it. */
export interface RenameRow {
  /** Counted from 1, as a spreadsheet does. */
  readonly row: number;
  /** Below the source, '/' between segments. */
  readonly path: string;
  readonly kind: string;
  /** Empty: nothing is given. */
  readonly after: string;
}

/** What is wrong with a cell, and what it may hold. */
export interface RenameFault {
  readonly row: number;
  readonly column: 'path' | 'kind' | 'name after';
  readonly given: string;
  readonly allowed: string;
}

/**
 * Looks at a whole plan, so that everything that is wrong can be said at once: each path once, each name one that SharePoint
 * takes, no two of a folder the same to it. What only the source can tell (whether there is such an item, what its siblings
 * are called) is found when it is listed, and is a finding then.
 */
export function checkRenames(rows: readonly RenameRow[]): {
  readonly names: ReadonlyMap<string, string>;
  readonly faults: readonly RenameFault[];
} {
  const names = new Map<string, string>();
  const faults: RenameFault[] = [];
  const paths = new Map<string, number>();
  const places = new Map<string, number>();
  for (const { row, path, kind, after } of rows) {
    const wrong = (column: RenameFault['column'], given: string, allowed: string): void => {
      faults.push({ row, column, given, allowed });
    };
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const sameRow = paths.get(path);
    if (sameRow !== undefined) wrong('path', path, `a path that no other row has; row ${sameRow} has it`);
    else if (!isPath(path))
      wrong('path', path, 'the path of an item below the source, with / between folders');
    else paths.set(path, row);
    if (after === '') continue;
    if (kind !== 'file' && kind !== 'folder') {
      wrong('kind', kind, 'file or folder');
      continue;
    }
    const allowed = allowedName(after, kind);
    const place = folder + nameKey(after);
    const sameName = places.get(place);
    if (allowed !== undefined) wrong('name after', after, allowed);
    else if (sameName !== undefined) {
      wrong(
        'name after',
        after,
        `a name that no other row of this folder has, in upper or lower case; row ${sameName} has it`,
      );
    } else {
      places.set(place, row);
      names.set(path, after);
    }
  }
  return { names, faults };
}

function isPath(path: string): boolean {
  return path.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..');
}

/** What a name would have to be; undefined when it is. */
function allowedName(name: string, kind: 'file' | 'folder'): string | undefined {
  const planned = planName(name, { kind, atLibraryRoot: false });
  if (!planned.ok) return planned.code === 'name-too-long' ? 'at most 255 characters' : 'readable text';
  if (!planned.changed) return undefined;
  return `a name that SharePoint takes (this one: ${planned.reasons.join(', ')}), for example ${planned.name}`;
}
