import type { GivenAway, Scope } from '../../../src-shared/contract/fleet.ts';
import { joinPaths } from '../../../src-shared/model/scope.ts';

/** What the holder of a unit knows of its bounds besides its scope. Kept beside the unit's journal. */
export interface Bounds {
  /** Of the last lease. */
  epoch: number;
  /** What was given away before it was taken over. */
  except: readonly GivenAway[];
  /** What it offered itself since. */
  readonly offered: Map<number, Scope>;
}

export const noBounds = (): Bounds => ({ epoch: 0, except: [], offered: new Map() });

/** Whether a path of the task is for the holder of a unit to write. */
export function isWithin(scope: Scope | undefined, bounds: Bounds, path: string): boolean {
  if (scope !== undefined && !covers(scope, path)) return false;
  const folder = scope?.path ?? '';
  const isAway = bounds.except.some(({ path: at, files }) => {
    const place = joinPaths(folder, at);
    return files === undefined ? isBelow(place, path) : files.some((name) => joinPaths(place, name) === path);
  });
  return !isAway && ![...bounds.offered.values()].some((piece) => covers(piece, path));
}

/** A scope is what lies below its folder; the folder itself is another's, who made it. */
function covers({ path: folder, part }: Scope, path: string): boolean {
  if (part === undefined) return isBelow(folder, path);
  return (
    part.folders.some((one) => one.whole && isBelow(joinPaths(folder, one.path), path)) ||
    part.files.some(
      ({ folder: no, name }) => joinPaths(joinPaths(folder, part.folders[no]?.path ?? ''), name) === path,
    )
  );
}

function isBelow(folder: string, path: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}
