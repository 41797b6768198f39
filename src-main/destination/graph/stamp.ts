import type { Result } from '../../../src-shared/model/problem.ts';
import { failed, ok } from '../../../src-shared/model/problem.ts';
import type { CallOptions, Times } from '../destination.ts';
import { errorOf, isSuccess } from './answer.ts';
import { type DriveLink, findById, itemOf } from './drive-link.ts';
import { type DriveItem, fileSystemInfo, wholeSeconds } from './items.ts';
import { units } from './meter.ts';
import { problemOfFile } from './service-error.ts';

/**
 * Gives an item its times by `PATCH item`, which makes a further version of a file. A try whose answer got lost is found out by looking, so
 * that there is not one more. An item that has its times already is not patched.
 * @param isOurs whether what stands there by now is still what was left: it is asked after a refusal
 */
export async function stamp(
  link: DriveLink,
  item: DriveItem,
  times: Times,
  isOurs: (seen: DriveItem) => boolean,
  options: CallOptions,
): Promise<Result<DriveItem>> {
  const body = { fileSystemInfo: fileSystemInfo(times) };
  const url = link.urls.whole(link.urls.item(item.id));
  const patience = link.graph.patience(options);
  let seen = item;
  while (!hasTimes(seen, times)) {
    const attempt = await link.graph.once(
      { method: 'PATCH', url, body, headers: { 'if-match': seen.eTag }, units: units.write },
      options,
    );
    if (attempt.kind === 'problem') return { ok: false, problem: attempt.problem };
    if (attempt.kind === 'answer' && isSuccess(attempt.answer)) return itemOf(attempt.answer, item.name);
    const stale = attempt.kind === 'answer' && attempt.answer.status === 412;
    if (attempt.kind === 'answer' && !stale) {
      return { ok: false, problem: problemOfFile(errorOf(attempt.answer), item.name) };
    }
    const [trouble, problem] =
      attempt.kind === 'trouble'
        ? ([attempt.trouble, attempt.problem] as const)
        : (['service-error', { code: 'edited-at-destination', where: item.name }] as const);
    const end = await patience.wait(trouble, problem);
    if (end !== undefined) return { ok: false, problem: end };
    const found = await findById(link, item.id, options);
    if (!found.ok) return found;
    if (found.value === undefined || !isOurs(found.value)) {
      return failed('edited-at-destination', { where: item.name });
    }
    seen = found.value;
  }
  return ok(seen);
}

function hasTimes({ fileSystemInfo: kept }: DriveItem, times: Times): boolean {
  return (
    kept.lastModifiedDateTime === wholeSeconds(times.modified) &&
    kept.createdDateTime === wholeSeconds(times.created)
  );
}
