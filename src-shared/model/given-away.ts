import type { GivenAway, Scope } from '../contract/fleet.ts';
import { joinPaths } from './scope.ts';

/**
 * What a unit lacks since a piece of it became a unit of its own, in paths below its folder: for whoever takes it over.
 * @param unit scope of the unit that gave it away; undefined: the whole share
 * @param piece scope of what became of it
 */
export function givenAway(unit: Scope | undefined, piece: Scope): readonly GivenAway[] {
  const above = below(unit?.path ?? '', piece.path);
  if (piece.part === undefined) return [{ path: above }];
  const { folders, files } = piece.part;
  const names = folders.map((): string[] => []);
  for (const { folder, name } of files) names[folder]?.push(name);
  return folders.flatMap(({ path, whole }, i) => {
    const at = joinPaths(above, path);
    if (whole) return [{ path: at }];
    const some = names[i] ?? [];
    return some.length > 0 ? [{ path: at, files: some }] : [];
  });
}

/** A path below another. @throws when it is not below it: units are made of pieces of units */
function below(folder: string, path: string): string {
  if (folder === '' || folder === path) return folder === path ? '' : path;
  if (!path.startsWith(`${folder}/`)) throw new Error(`${path} is not below ${folder}`);
  return path.slice(folder.length + 1);
}
