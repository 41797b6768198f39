import type { Scope } from '../../../src-shared/contract/fleet.ts';

export type PartFile = NonNullable<Scope['part']>['files'][number];

/** By the folder that they are in, below the unit's. */
export type PlannedFiles = ReadonlyMap<string, readonly PartFile[]>;

/** The files that a part consists of; undefined of any other unit. */
export function plannedFiles(scope: Scope | undefined): PlannedFiles | undefined {
  const { part } = scope ?? {};
  if (!part) return undefined;
  const files = new Map<string, PartFile[]>();
  for (const { path, whole } of part.folders) if (!whole) files.set(path, []);
  for (const file of part.files) files.get(part.folders[file.folder]?.path ?? '')?.push(file);
  return files;
}
