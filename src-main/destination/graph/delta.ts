import { z } from 'zod';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import type { CallOptions, ChangePage, RemoteItem } from '../destination.ts';
import { bodyOf, errorOf, isSuccess, nextPage } from './answer.ts';
import type { DriveLink } from './drive-link.ts';
import { driveItemSchema, itemFields, toRemoteItem } from './items.ts';
import { Membership } from './membership.ts';
import { units } from './meter.ts';
import { problemOf } from './service-error.ts';

/** The largest page that Graph gives. */
const PAGE = 1000;

const deletedSchema = z.object({ id: z.string(), deleted: z.object({}) });
const pageSchema = z.object({
  value: z.array(z.union([deletedSchema, driveItemSchema])),
  '@odata.nextLink': z.url().optional(),
  '@odata.deltaLink': z.url().optional(),
});

/**
 * What is below a folder, or what changed there, page by page. SharePoint offers delta for a whole drive only, so
 * everything else in the drive is read too, and left out if it is to be sorted. What was moved out of the folder comes as deleted.
 * The mark is the link that Graph gave, without its host.
 */
export async function* readChanges(
  link: DriveLink,
  rootId: string,
  unsorted: boolean,
  since: string | 'now' | undefined,
  options: CallOptions,
): AsyncGenerator<Result<ChangePage>> {
  const membership = unsorted ? undefined : new Membership(link, rootId);
  const full = since === undefined;
  let url = firstUrl(link, since);
  for (;;) {
    const cost = full ? units.list : units.deltaWithToken;
    const answer = await link.graph.call({ method: 'GET', url, units: cost }, options);
    if (!answer.ok) return yield answer;
    if (!isSuccess(answer.value)) {
      const { code, ...facts } = problemOf(errorOf(answer.value));
      return yield failed(code, facts);
    }
    const page = bodyOf(pageSchema, answer.value);
    if (!page.ok) return yield page;
    const { '@odata.nextLink': next, '@odata.deltaLink': end, value } = page.value;
    if (next === undefined && end === undefined) {
      return yield failed('service-error', { detail: 'a page of changes without a link to go on' });
    }
    const seen: RemoteItem[] = [];
    const deleted: string[] = [];
    for (const entry of value) {
      if ('deleted' in entry) deleted.push(entry.id);
      else if (entry.root === undefined && entry.id !== rootId) seen.push(toRemoteItem(entry));
    }
    const sorted = membership === undefined ? { inside: seen, outside: [] } : membership.sort(seen);
    if (membership !== undefined && (!full || next === undefined || membership.crowded)) {
      const rest = await membership.settle(options);
      if (!rest.ok) return yield rest;
      for (const item of rest.value.inside) sorted.inside.push(item);
      for (const id of rest.value.outside) sorted.outside.push(id);
    }
    if (!full) for (const id of sorted.outside) deleted.push(id);
    const mark = next === undefined && end !== undefined ? markOf(link, end) : undefined;
    yield ok({ items: sorted.inside, deleted, mark });
    if (next === undefined) return;
    const following = nextPage(next, link.urls.base);
    if (!following.ok) return yield following;
    url = following.value;
  }
}

function firstUrl(link: DriveLink, since: string | 'now' | undefined): URL {
  const { urls } = link;
  const delta = `${urls.drive}/root/delta?$select=${itemFields},deleted&$top=${PAGE}`;
  if (since === undefined) return urls.whole(delta);
  return urls.whole(since === 'now' ? `${delta}&token=latest` : since);
}

/** Below the base where it is, so that a mark outlives a change of ports of the practice tenant. */
function markOf(link: DriveLink, deltaLink: string): string {
  const base = new URL(link.urls.base);
  const { pathname, search } = new URL(deltaLink);
  return (pathname.startsWith(base.pathname) ? pathname.slice(base.pathname.length) : pathname) + search;
}
