import type { Scope } from '../../src-shared/contract/fleet.ts';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import { joinPaths } from '../../src-shared/model/scope.ts';
import type { Destination, RemoteId } from './destination.ts';

/** The id of a folder that is only thought of: in a dry run none is made. */
const NOT_THERE = '';

/**
 * The folder of a unit as a destination of its own. It was made for the unit, so there is nothing in it to be listed beforehand; where somebody
 * worked on it before, its folders are looked at one by one. Its changes are those of the whole drive: to find out which are below the folder would
 * cost requests, and whoever holds the unit knows its own. Codes: destination-is-a-file, those of making a folder.
 */
export async function destinationBelow(
  destination: Destination,
  scope: Scope,
  write: boolean,
): Promise<Result<Destination>> {
  const id = scope.destinationId ? ok(scope.destinationId) : await folderAt(destination, scope, write);
  if (!id.ok) return id;
  const { root } = destination;
  const names = scope.destinationPath === '' ? [] : scope.destinationPath.split('/');
  return ok({
    root: {
      id: id.value,
      url: [root.url, ...names.map(encodeURIComponent)].join('/'),
      path: joinPaths(root.path, scope.destinationPath),
      isLibraryRoot: root.isLibraryRoot && names.length === 0,
      empty: true,
    },
    openAtOnce: destination.openAtOnce,
    makeFolder: (...call) => destination.makeFolder(...call),
    openUploads: (...call) => destination.openUploads(...call),
    resume: (...call) => destination.resume(...call),
    send: (...call) => destination.send(...call),
    cancel: (...call) => destination.cancel(...call),
    putEmpty: (...call) => destination.putEmpty(...call),
    remove: (...call) => destination.remove(...call),
    move: (...call) => destination.move(...call),
    dateFolders: (...call) => destination.dateFolders(...call),
    setAuthors: (...call) => destination.setAuthors(...call),
    find: (...call) => destination.find(...call),
    findById: (...call) => destination.findById(...call),
    children: (...call) => destination.children(...call),
    download: (...call) => destination.download(...call),
    changes: (since, options) => destination.changes(since, { ...options, everywhere: true }),
    metrics: () => destination.metrics(),
    close: () => destination.close(),
  });
}

/** By its path, made where it is missing and may be. */
async function folderAt(destination: Destination, scope: Scope, write: boolean): Promise<Result<RemoteId>> {
  let id = destination.root.id;
  for (const name of scope.destinationPath.split('/')) {
    if (name === '') continue;
    if (!write) {
      const found = await destination.find(id, name);
      if (!found.ok) return found;
      if (found.value === undefined) return ok(NOT_THERE);
      id = found.value.id;
      continue;
    }
    const made = await destination.makeFolder(id, name, undefined);
    if (!made.ok) {
      const taken = made.problem.code === 'kind-differs';
      return taken ? failed('destination-is-a-file', { where: scope.destinationPath }) : made;
    }
    id = made.value.item.id;
  }
  return ok(id);
}
