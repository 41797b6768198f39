import { ok, type Problem, type Result } from '../../../src-shared/model/problem.ts';
import type { CallOptions, FolderTime } from '../destination.ts';
import { MOST_PARTS, type PartAnswer, sendBatch } from './batch.ts';
import type { DriveLink } from './drive-link.ts';
import { graphTime } from './items.ts';
import { units } from './meter.ts';
import { patient, troubleOfStatus, waitAsked } from './retry-policy.ts';
import { problemOfItem, readServiceError } from './service-error.ts';

type Verdict =
  | { readonly result: Result<void> }
  | { readonly again: 'now' | 'ailing'; readonly problem: Problem };

/**
 * `PATCH item` with a fileSystemInfo for each folder, 20 in a batch. Folders have no versions, and a time that is set twice is the same, so there is
 * no condition. Parts that are throttled or fail are asked again with their like.
 */
export async function dateFolders(
  link: DriveLink,
  folders: readonly FolderTime[],
  options: CallOptions,
): Promise<readonly Result<void>[]> {
  const results = folders.map((): Result<void> => ok(undefined));
  const patience = link.graph.patience(options);
  let open = folders.map((folder, index) => ({ folder, index }));
  while (open.length > 0) {
    const some = open.slice(0, MOST_PARTS);
    const verdicts = await askOnce(
      link,
      some.map(({ folder }) => folder),
      options,
    );
    const again: typeof open = [];
    let pause: Problem | undefined;
    for (const [i, entry] of some.entries()) {
      const verdict = verdicts[i];
      if (verdict === undefined) throw new Error('a round has an answer for each request');
      if ('result' in verdict) results[entry.index] = verdict.result;
      else {
        again.push(entry);
        results[entry.index] = { ok: false, problem: verdict.problem };
        if (verdict.again === 'ailing') pause = verdict.problem;
      }
    }
    const problem = pause && (await patience.wait('service-error', pause, patient));
    if (problem?.code === 'stopped-by-you') return folders.map(() => ({ ok: false, problem }));
    // Patience is at its end for these, and each has its problem.
    open = [...(problem ? [] : again), ...open.slice(MOST_PARTS)];
  }
  return results;
}

async function askOnce(
  link: DriveLink,
  folders: readonly FolderTime[],
  options: CallOptions,
): Promise<readonly Verdict[]> {
  const parts = folders.map(({ id, modified }) => ({
    method: 'PATCH' as const,
    path: link.urls.item(id),
    body: { fileSystemInfo: { lastModifiedDateTime: graphTime(modified) } },
  }));
  const answers = await sendBatch(link, parts, { units: units.write * parts.length }, options);
  if (!answers.ok) return folders.map(() => ({ result: answers }));
  return folders.map((folder, i) => judge(link, folder, answers.value.parts[i]));
}

function judge(link: DriveLink, { name }: FolderTime, part: PartAnswer | undefined): Verdict {
  if (part === undefined)
    return {
      again: 'ailing',
      problem: { code: 'service-error', where: name, detail: 'no answer in the batch' },
    };
  if (part.status >= 200 && part.status < 300) return { result: ok(undefined) };
  const problem = problemOfItem(readServiceError(part.status, part.body, ''), name);
  const asked = waitAsked(part.headers, link.time.now());
  const trouble = troubleOfStatus(part.status, asked);
  if (trouble === 'throttled') {
    link.graph.throttled(asked);
    return { again: 'now', problem };
  }
  // A part whose token had just ended: the next round brings a fresh one.
  if (trouble !== undefined || part.status === 401) return { again: 'ailing', problem };
  return {
    result: { ok: false, problem: part.status === 404 ? { ...problem, code: 'copy-missing' } : problem },
  };
}
