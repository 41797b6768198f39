import type { Result } from '../../../src-shared/model/problem.ts';
import type { CallOptions, FolderTime } from '../destination.ts';
import { type PartAnswer, sendBatch } from './batch.ts';
import type { DriveLink } from './drive-link.ts';
import { graphTime } from './items.ts';
import { units } from './meter.ts';
import { againOf, done, inRounds, type Verdict } from './rounds.ts';
import { problemOfItem, readServiceError } from './service-error.ts';

/**
 * `PATCH item` with a fileSystemInfo for each folder, 20 in a batch. Folders have no versions, and a time that is set twice is the same, so there is
 * no condition. Parts that are throttled or fail are asked again with their like.
 */
export function dateFolders(
  link: DriveLink,
  folders: readonly FolderTime[],
  options: CallOptions,
): Promise<readonly Result<void>[]> {
  return inRounds(link, folders, (some) => askOnce(link, some, options), options);
}

async function askOnce(
  link: DriveLink,
  folders: readonly FolderTime[],
  options: CallOptions,
): Promise<readonly Verdict<void>[]> {
  const parts = folders.map(({ id, modified }) => ({
    method: 'PATCH' as const,
    path: link.urls.item(id),
    body: { fileSystemInfo: { lastModifiedDateTime: graphTime(modified) } },
  }));
  const answers = await sendBatch(link, parts, { units: units.write * parts.length }, options);
  if (!answers.ok) return folders.map(() => ({ result: answers }));
  return folders.map((folder, i) => judge(link, folder, answers.value.parts[i]));
}

function judge(link: DriveLink, { name }: FolderTime, part: PartAnswer | undefined): Verdict<void> {
  if (part !== undefined && part.status >= 200 && part.status < 300) return { result: done };
  const { status = 500, body } = part ?? {};
  const problem = problemOfItem(readServiceError(status, body, ''), name);
  const again = againOf(link, part);
  if (again !== undefined) return { again, problem };
  return { result: { ok: false, problem: status === 404 ? { ...problem, code: 'copy-missing' } : problem } };
}
