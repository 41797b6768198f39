import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import type { CallOptions, RemoteItem, UploadRequest } from '../destination.ts';
import { type Answer, errorOf, isSuccess } from './answer.ts';
import { type DriveLink, findById, findChild, itemOf } from './drive-link.ts';
import { untilFree } from './folders.ts';
import { type DriveItem, isFile, toRemoteItem } from './items.ts';
import { units } from './meter.ts';
import { hasCode, problemOfFile } from './service-error.ts';
import { stamp } from './stamp.ts';

const NOTHING = new Uint8Array(0);

/**
 * Writes a file without content. A session needs at least one byte, and a PUT of content cannot carry times, so
 * this takes a PUT and a PATCH, which make two versions. Two is the fewest that there is a documented way to; both
 * are empty and cost no quota. A file that has its time already is not patched.
 */
export async function putEmpty(
  link: DriveLink,
  request: UploadRequest,
  options: CallOptions,
): Promise<Result<RemoteItem>> {
  const written = await writeContent(link, request, options);
  if (!written.ok) return written;
  const stamped = await stamp(link, written.value, request.times, ({ size }) => size === 0, options);
  return stamped.ok ? ok(toRemoteItem(stamped.value)) : stamped;
}

async function writeContent(
  link: DriveLink,
  request: UploadRequest,
  options: CallOptions,
): Promise<Result<DriveItem>> {
  const { parent, name, replace } = request;
  const create = replace === 'create';
  const url = create
    ? link.urls.whole(`${link.urls.child(parent, name)}:/content?@microsoft.graph.conflictBehavior=fail`)
    : link.urls.whole(`${link.urls.item(replace.id)}/content`);
  const headers = create ? {} : { 'if-match': replace.tag };
  const patience = link.graph.patience(options);
  for (;;) {
    const answer = await link.graph.call(
      { method: 'PUT', url, body: NOTHING, headers, units: units.write },
      options,
    );
    if (!answer.ok) return answer;
    if (isSuccess(answer.value)) return itemOf(answer.value, name);
    const there = await whatIsThere(link, request, answer.value, options);
    if (!there.ok) return there;
    if (there.value !== undefined) return ok(there.value);
    if (create) return failed('name-blocked-by-lost-upload', { where: name });
    // It is as it was: a replica lags behind.
    const stale = problemOfFile(errorOf(answer.value), name);
    const problem = await patience.wait('service-error', stale, untilFree);
    if (problem !== undefined) return { ok: false, problem };
  }
}

/** After a refusal: the file, if an earlier try with a lost answer wrote it; undefined, if nothing stands in the way. */
async function whatIsThere(
  link: DriveLink,
  { parent, name, replace }: UploadRequest,
  answer: Answer,
  options: CallOptions,
): Promise<Result<DriveItem | undefined>> {
  const error = errorOf(answer);
  const taken = hasCode(error, 'nameAlreadyExists');
  const stale = answer.status === 412 || hasCode(error, 'resourceModified');
  if (!taken && !stale) return { ok: false, problem: problemOfFile(error, name) };
  const create = replace === 'create';
  const found = create
    ? await findChild(link, parent, name, options)
    : await findById(link, replace.id, options);
  if (!found.ok) return found;
  const item = found.value;
  const empty = item !== undefined && isFile(item) && item.size === 0;
  if (answer.doubtful && empty && (create || item.eTag !== replace.tag)) return ok(item);
  if (create) return item === undefined ? ok(undefined) : failed('occupied-at-destination', { where: name });
  return item?.eTag === replace.tag ? ok(undefined) : failed('edited-at-destination', { where: name });
}
