import { z } from 'zod';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import type { CallOptions, Removal } from '../destination.ts';
import { bodyOf, errorOf, isSuccess } from './answer.ts';
import { type DriveLink, findById } from './drive-link.ts';
import { isFile } from './items.ts';
import { units } from './meter.ts';
import { problemOfItem } from './service-error.ts';

const childrenSchema = z.object({ value: z.array(z.object({ id: z.string() })) });

/**
 * `DELETE item` with If-Match, which puts it into the recycle bin of the site ("Delete DriveItem", Graph). Of a folder it takes all
 * that is in it along, so it is looked into before. Whoever puts something into it just then finds it in the recycle bin.
 */
export async function removeItem(
  link: DriveLink,
  item: Removal,
  options: CallOptions,
): Promise<Result<void>> {
  if (item.kind === 'file') return deleteItem(link, item.id, item.tag, item.name, options);
  const found = await findById(link, item.id, options);
  if (!found.ok) return found;
  const there = found.value;
  if (there === undefined) return ok(undefined);
  const same = !isFile(there) && there.name === item.name && there.parentReference?.id === item.parent;
  if (!same) return failed('edited-at-destination', { where: item.name });
  const empty = await isEmpty(link, item, options);
  if (!empty.ok) return empty;
  if (!empty.value) return failed('folder-not-empty', { where: item.name });
  return deleteItem(link, item.id, there.eTag, item.name, options);
}

async function isEmpty(
  link: DriveLink,
  { id, name }: Removal,
  options: CallOptions,
): Promise<Result<boolean>> {
  const url = link.urls.whole(`${link.urls.item(id)}/children?$top=1&$select=id`);
  const answer = await link.graph.call({ method: 'GET', url, units: units.list }, options);
  if (!answer.ok) return answer;
  if (answer.value.status === 404) return ok(true);
  if (!isSuccess(answer.value)) return { ok: false, problem: problemOfItem(errorOf(answer.value), name) };
  const body = bodyOf(childrenSchema, answer.value);
  return body.ok ? ok(body.value.value.length === 0) : body;
}

async function deleteItem(
  link: DriveLink,
  id: string,
  tag: string,
  name: string,
  options: CallOptions,
): Promise<Result<void>> {
  const url = link.urls.whole(link.urls.item(id));
  const answer = await link.graph.call(
    { method: 'DELETE', url, headers: { 'if-match': tag }, units: units.write },
    options,
  );
  if (!answer.ok) return answer;
  // Gone already, by an earlier try whose answer was lost or by other hands: what was wanted.
  if (isSuccess(answer.value) || answer.value.status === 404) return ok(undefined);
  return { ok: false, problem: problemOfItem(errorOf(answer.value), name) };
}
