import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import type { CallOptions, RemoteItem, Times } from '../destination.ts';
import { bodyOf, errorOf, isSuccess } from './answer.ts';
import { type DriveLink, findChild } from './drive-link.ts';
import { driveItemSchema, fileSystemInfo, isFile, toRemoteItem, wholeSeconds } from './items.ts';
import { units } from './meter.ts';
import type { RetryLimits } from './retry-policy.ts';
import { hasCode, problemOf } from './service-error.ts';

/** How long a name that is taken by nothing visible is waited for: an unfinished upload, or a folder that a replica does not show yet. */
export const untilFree: RetryLimits = { attempts: 7, elapsed: 30_000 };

export interface MadeFolder {
  readonly item: RemoteItem;
  readonly existed: boolean;
}

/**
 * Makes a folder, with its times, or finds the one that has the name. Codes: kind-differs when a file has it,
 * name-blocked-by-lost-upload when an unfinished upload does.
 */
export async function makeFolder(
  link: DriveLink,
  parent: string,
  name: string,
  times: Times | undefined,
  options: CallOptions = {},
): Promise<Result<MadeFolder>> {
  const patience = link.graph.patience(options);
  const body = {
    name,
    folder: {},
    ...(times === undefined ? {} : { fileSystemInfo: fileSystemInfo(times) }),
    '@microsoft.graph.conflictBehavior': 'fail',
  };
  const url = link.urls.whole(`${link.urls.item(parent)}/children`);
  for (;;) {
    const answer = await link.graph.call({ method: 'POST', url, body, units: units.write }, options);
    if (!answer.ok) return answer;
    if (isSuccess(answer.value)) {
      const item = bodyOf(driveItemSchema, answer.value);
      return item.ok ? ok({ item: toRemoteItem(item.value), existed: false }) : item;
    }
    const error = errorOf(answer.value);
    if (!hasCode(error, 'nameAlreadyExists')) return { ok: false, problem: problemOf(error, name) };
    const found = await findChild(link, parent, name, options);
    if (!found.ok) return found;
    if (found.value !== undefined) {
      if (isFile(found.value)) return failed('kind-differs', { where: name });
      // A try whose answer got lost made it: then it is new, and carries our time.
      const created = found.value.fileSystemInfo.createdDateTime;
      const ours = answer.value.doubtful && times !== undefined && created === wholeSeconds(times.created);
      return ok({ item: toRemoteItem(found.value), existed: !ours });
    }
    const blocked = {
      code: 'name-blocked-by-lost-upload',
      where: name,
    } as const;
    const problem = await patience.wait('service-error', blocked, untilFree);
    if (problem !== undefined) return { ok: false, problem };
  }
}
