import { z } from 'zod';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import type { CallOptions, RemoteItem } from '../destination.ts';
import { bodyOf, errorOf, isSuccess, nextPage } from './answer.ts';
import type { DriveLink } from './drive-link.ts';
import { driveItemSchema, itemFields, toRemoteItem } from './items.ts';
import { units } from './meter.ts';
import { problemOf } from './service-error.ts';

/** The largest page that Graph gives. */
const PAGE = 999;

const pageSchema = z.object({ value: z.array(driveItemSchema), '@odata.nextLink': z.url().optional() });

/** What is in a folder, page by page. */
export async function* readChildren(
  link: DriveLink,
  folder: string,
  options: CallOptions,
): AsyncGenerator<Result<readonly RemoteItem[]>> {
  const { urls } = link;
  let url = urls.whole(`${urls.item(folder)}/children?$select=${itemFields}&$top=${PAGE}`);
  for (;;) {
    const answer = await link.graph.call({ method: 'GET', url, units: units.list }, options);
    if (!answer.ok) return yield answer;
    if (answer.value.status === 404) return yield failed('copy-missing', { where: folder });
    if (!isSuccess(answer.value)) {
      const { code, ...facts } = problemOf(errorOf(answer.value));
      return yield failed(code, facts);
    }
    const page = bodyOf(pageSchema, answer.value);
    if (!page.ok) return yield page;
    yield ok(page.value.value.map(toRemoteItem));
    const next = page.value['@odata.nextLink'];
    if (next === undefined) return;
    const following = nextPage(next, urls.base);
    if (!following.ok) return yield following;
    url = following.value;
  }
}
