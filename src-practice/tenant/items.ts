import { actorOf, type Call, readJson } from './call.ts';
import { graphTime } from './clock.ts';
import type { Drive } from './drive.ts';
import { type DriveItem, isFolder, pathSegments } from './drive-item.ts';
import { entityContext } from './folders.ts';
import { identitySet, itemJson, selectOf } from './item-json.ts';
import { checkMove, freeName } from './naming.ts';
import { checkConditions } from './places.ts';
import { Refusal, type Reply, refusals } from './reply.ts';
import { behaviorOf, parseBody, patchRequestSchema, timesOf } from './request-schemas.ts';
import type { Tenant } from './tenant.ts';

export function getItem(tenant: Tenant, call: Call, drive: Drive, item: DriveItem): Reply {
  const view = { origin: call.origin, select: selectOf(call.query) };
  return { status: 200, json: { ...entityContext(call, drive), ...itemJson(tenant, drive, item, view) } };
}

/** `PATCH item`: another name, another folder, other times; each only if it is in the body. */
export async function patchItem(
  tenant: Tenant,
  call: Call,
  drive: Drive,
  item: DriveItem,
): Promise<Reply | Refusal> {
  const json = await readJson(call);
  if (json instanceof Refusal) return json;
  const request = parseBody(patchRequestSchema, json.value);
  if (request instanceof Refusal) return request;
  const condition = checkConditions(call.headers, item);
  if (condition !== undefined) return condition;
  if (locked(item)) return refusals.locked();
  const actor = actorOf(tenant, call.caller);
  const reference = request.parentReference;
  const parent = typeof reference?.id === 'string' ? drive.item(reference.id) : item.parent;
  if (parent === undefined && item.parent !== undefined) return refusals.itemNotFound();
  if (typeof reference?.driveId === 'string' && reference.driveId !== drive.facts.id) {
    return refusals.unsupported('moving between drives');
  }
  const name = request.name ?? item.name;
  if (parent !== undefined && (parent !== item.parent || name !== item.name)) {
    const target = moveTarget(drive, item, parent, name, behaviorOf(request) ?? 'fail');
    if (target instanceof Refusal) return target;
    drive.move(item, { parent, name: target }, actor, tenant.faults.settings.movesResetTimes);
  }
  if (request.fileSystemInfo) drive.changeTimes(item, timesOf(request.fileSystemInfo), actor);
  return getItem(tenant, call, drive, item);
}

function moveTarget(
  drive: Drive,
  item: DriveItem,
  parent: DriveItem,
  name: string,
  behavior: 'fail' | 'replace' | 'rename',
): string | Refusal {
  if (!isFolder(parent)) return refusals.invalid('The parent is not a folder.');
  for (let at: DriveItem | undefined = parent; at !== undefined; at = at.parent) {
    if (at === item) return refusals.invalid('A folder cannot be moved into itself.');
  }
  const there = drive.child(parent, name);
  if (there !== undefined && there !== item) {
    if (behavior === 'rename') return freeName(drive, parent, name, isFolder(item));
    if (behavior === 'fail' || isFolder(there) || isFolder(item)) return refusals.nameTaken();
    if (locked(there)) return refusals.locked();
    drive.recycle(there, pathOf(there));
  }
  return checkMove(drive, item, parent, name) ?? name;
}

/** `DELETE item`: into the recycle bin. */
export function deleteItem(call: Call, drive: Drive, item: DriveItem): Reply | Refusal {
  if (item.parent === undefined) return refusals.invalid('The root cannot be deleted.');
  const condition = checkConditions(call.headers, item);
  if (condition !== undefined) return condition;
  if (locked(item)) return refusals.locked();
  drive.recycle(item, pathOf(item));
  return { status: 204 };
}

/** `GET item/versions`: newest first, as the service lists them. */
export function listVersions(item: DriveItem): Reply | Refusal {
  if (isFolder(item)) return refusals.invalid('A folder has no versions.');
  const current = { number: item.version, modified: item.modified, size: item.size, by: item.modifiedBy };
  const value = [...item.older, current].reverse().map((version) => ({
    id: `${version.number}.0`,
    lastModifiedBy: identitySet(version.by),
    lastModifiedDateTime: graphTime(version.modified),
    size: version.size,
  }));
  return { status: 200, json: { value } };
}

/** From the root of the drive, with a slash in front. */
export function pathOf(item: DriveItem): string {
  return `/${pathSegments(item).join('/')}`;
}

/** A file that is open, or a folder that one is in. */
function locked(item: DriveItem): boolean {
  if (item.lockedBy !== undefined) return true;
  for (const child of item.children?.values() ?? []) if (locked(child)) return true;
  return false;
}
