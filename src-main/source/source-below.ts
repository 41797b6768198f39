import { joinPaths } from '../../src-shared/model/scope.ts';
import type { Source } from './source.ts';

/**
 * A folder of a source as a source of its own. Names go to the reader as it gave them, so whatever it can list can be a unit. Whether the source
 * is there is asked of its own root: a share that is away is to be told from a folder that was deleted in it.
 */
export function sourceBelow(source: Source, folder: string): Source {
  if (folder === '') return source;
  const owner = source.owner?.bind(source);
  const readFiles = source.readFiles?.bind(source);
  return {
    root: source.root,
    probe: () => source.probe(),
    list: (path) => source.list(joinPaths(folder, path)),
    open: (path) => source.open(joinPaths(folder, path)),
    ...(readFiles && {
      readFiles: (paths, limit, lent) =>
        readFiles(
          paths.map((path) => joinPaths(folder, path)),
          limit,
          lent,
        ),
    }),
    ...(owner && { owner: (path) => owner(joinPaths(folder, path)) }),
    close: () => source.close(),
  };
}
