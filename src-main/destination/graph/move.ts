import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import type { CallOptions, Move, RemoteItem } from '../destination.ts';
import { errorOf, isSuccess } from './answer.ts';
import { type DriveLink, findById, itemOf } from './drive-link.ts';
import { type DriveItem, isFile, toRemoteItem, wholeSeconds } from './items.ts';
import { units } from './meter.ts';
import { hasCode, problemOfItem } from './service-error.ts';
import { stamp } from './stamp.ts';

/**
 * `PATCH item` with a name, a folder or both, and If-Match ("Move a DriveItem", "Update DriveItem", Graph): one request, no further version,
 * and the item keeps its id. Of a folder nobody keeps a tag, so it is asked for one, and whether it stands where it was left.
 */
export async function moveItem(
  link: DriveLink,
  item: Move,
  options: CallOptions,
): Promise<Result<RemoteItem>> {
  const tag = item.kind === 'file' ? ok(item.tag) : await tagOfFolder(link, item, options);
  if (!tag.ok) return tag;
  if (typeof tag.value !== 'string') return ok(toRemoteItem(tag.value));
  const moved = await patch(link, item, tag.value, options);
  if (!moved.ok || item.kind === 'folder') return moved.ok ? ok(toRemoteItem(moved.value)) : moved;
  return keepTimes(link, item, moved.value, options);
}

/** The tag of a folder that stands where it was left, or the folder if it stands at its new place. */
async function tagOfFolder(
  link: DriveLink,
  { id, from, to }: Move,
  options: CallOptions,
): Promise<Result<string | DriveItem>> {
  const found = await findById(link, id, options);
  if (!found.ok) return found;
  const there = found.value;
  if (there === undefined) return failed('copy-missing', { where: from.name });
  if (standsAt(there, to)) return ok(there);
  if (isFile(there) || !standsAt(there, from)) return failed('edited-at-destination', { where: from.name });
  return ok(there.eTag);
}

async function patch(
  link: DriveLink,
  { id, from, to }: Move,
  tag: string,
  options: CallOptions,
): Promise<Result<DriveItem>> {
  const body = {
    ...(to.name === from.name ? {} : { name: to.name }),
    ...(to.parent === from.parent ? {} : { parentReference: { id: to.parent } }),
    '@microsoft.graph.conflictBehavior': 'fail',
  };
  const url = link.urls.whole(link.urls.item(id));
  const answer = await link.graph.call(
    { method: 'PATCH', url, body, headers: { 'if-match': tag }, units: units.write },
    options,
  );
  if (!answer.ok) return answer;
  if (isSuccess(answer.value)) return itemOf(answer.value, to.name);
  if (answer.value.status === 404) return failed('copy-missing', { where: from.name });
  const error = errorOf(answer.value);
  const problem = problemOfItem(error, to.name);
  const stale = answer.value.status === 412 || hasCode(error, 'resourceModified');
  if (!stale) return { ok: false, problem };
  // Moved already: by an earlier try or an earlier process whose answer got lost.
  const found = await findById(link, id, options);
  if (!found.ok) return found;
  const there = found.value;
  return there !== undefined && standsAt(there, to) ? ok(there) : { ok: false, problem };
}

/** Clients of OneDrive found the time of the last change reset by a move. Where that is so it is put right, at the price of a version. */
async function keepTimes(
  link: DriveLink,
  { times }: Move & { readonly kind: 'file' },
  moved: DriveItem,
  options: CallOptions,
): Promise<Result<RemoteItem>> {
  const item = toRemoteItem(moved);
  if (item.modified === wholeSeconds(times.modified)) return ok(item);
  const isOurs = (seen: DriveItem): boolean => seen.size === moved.size;
  const stamped = await stamp(link, moved, times, isOurs, options);
  return stamped.ok ? ok(toRemoteItem(stamped.value)) : stamped;
}

function standsAt(item: DriveItem, place: Move['to']): boolean {
  return item.name === place.name && item.parentReference?.id === place.parent;
}
