import type { Scope } from '../contract/fleet.ts';

/** Whether a unit is all of its task. */
export function isWhole(scope: Scope | undefined): boolean {
  return scope === undefined || (scope.path === '' && scope.part === undefined);
}

/** Paths of one task, put together; either may be ''. */
export function joinPaths(folder: string, path: string): string {
  return folder === '' || path === '' ? folder + path : `${folder}/${path}`;
}
