import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import type { CallOptions, DestinationRoot } from '../destination.ts';
import type { Place } from './address.ts';
import { type DriveLink, getItem, itemOf } from './drive-link.ts';
import { makeFolder } from './folders.ts';
import { type DriveItem, isFile } from './items.ts';

/** An id that no service gives: the folder does not exist, and nothing is to be made. */
export const NOT_THERE = '';

/**
 * Finds the folder of a place. Where it does not exist, it is made with all folders on the way when `create` says so;
 * otherwise it comes with the id {@link NOT_THERE}. Codes: destination-is-a-file and the general ones.
 */
export async function openRoot(
  link: DriveLink,
  place: Place,
  create: boolean,
  options: CallOptions = {},
): Promise<Result<DestinationRoot>> {
  const found = await itemAt(link, place.folders, options);
  if (!found.ok) return found;
  if (found.value !== undefined) return rootOf(place, found.value);
  if (!create) return ok({ ...facts(place, place.folders), id: NOT_THERE, empty: true });
  const top = await itemAt(link, [], options);
  if (!top.ok) return top;
  if (top.value === undefined) return failed('library-not-found', { where: place.libraryPath });
  let id = top.value.id;
  for (const name of place.folders) {
    const made = await makeFolder(link, id, name, undefined, options);
    if (!made.ok) {
      return made.problem.code === 'kind-differs' ? failed('destination-is-a-file', { where: name }) : made;
    }
    id = made.value.item.id;
  }
  return ok({ ...facts(place, place.folders), id, empty: true });
}

async function itemAt(
  link: DriveLink,
  names: readonly string[],
  options: CallOptions,
): Promise<Result<DriveItem | undefined>> {
  const answer = await getItem(link, link.urls.byPath(names), options);
  if (!answer.ok) return answer;
  if (answer.value.status === 404) return ok(undefined);
  return itemOf(answer.value, names.join('/'));
}

function rootOf(place: Place, item: DriveItem): Result<DestinationRoot> {
  if (isFile(item)) return failed('destination-is-a-file', { where: place.folders.join('/') });
  const { folders } = place;
  // The service knows how the last name is really written; upper and lower case make no difference to it.
  const names = folders.length === 0 ? folders : [...folders.slice(0, -1), item.name];
  return ok({ ...facts(place, names), id: item.id, empty: item.folder?.childCount === 0 });
}

function facts(
  place: Place,
  names: readonly string[],
): Pick<DestinationRoot, 'url' | 'path' | 'isLibraryRoot'> {
  return {
    url: [place.drive.webUrl.replace(/\/+$/, ''), ...names.map(encodeURIComponent)].join('/'),
    path: [place.libraryPath, ...names].join('/'),
    isLibraryRoot: names.length === 0,
  };
}
