import { sameFingerprint } from '../../../src-shared/model/item.ts';
import { ok, type Problem, type Result } from '../../../src-shared/model/problem.ts';
import { DESTINATION_TOLERANCE_MS } from '../../../src-shared/rules/decide.ts';
import { isRewrittenKind } from '../../../src-shared/rules/rewritten.ts';
import type { RemoteItem } from '../../destination/destination.ts';
import type { FileToCopy } from '../../store/journal.ts';
import { ask } from '../ask.ts';
import { clampTime } from '../times.ts';
import type { Content } from './content.ts';
import type { FileJob } from './file-job.ts';
import { setBack, settleFailed, settleThere, waitForName } from './outcome.ts';

/**
 * The name is taken, or the item to be replaced is not as it was. Mostly that is our own copy: its last byte arrived and
 * the answer was lost, with the connection or with the process. So the destination is asked what is there.
 * @param hadUpload an upload of ours was open for this name, so a copy of ours can be there
 */
export async function meetOccupied(
  job: FileJob,
  file: FileToCopy,
  content: Content,
  problem: Problem,
  hadUpload: boolean,
): Promise<void> {
  const { work } = job;
  const found = await ask(work, job.slot, 'opening', (options) =>
    work.job.destination.find(file.parentRemoteId, file.name, options),
  );
  if (!found) return;
  if (!found.ok) {
    await setBack(job, file, found.problem);
    return;
  }
  if (!found.value) {
    // What was to be replaced was renamed, moved or deleted just now: the next run sees where it is. A name is gone again, or not shown yet.
    if (problem.code === 'edited-at-destination') settleFailed(job, file, problem);
    else waitForName(job, file, problem);
    return;
  }
  const there = found.value;
  if (there.kind === 'folder') {
    settleFailed(job, file, { code: 'kind-differs' });
    return;
  }
  const same = await isSameFile(job, file.name, content, there, hadUpload);
  if (!same.ok) {
    await setBack(job, file, same.problem);
    return;
  }
  if (same.value === undefined) {
    settleFailed(job, file, problem);
    return;
  }
  const made = { name: file.name, size: content.fingerprint.size, hash: same.value };
  settleThere(
    job,
    file,
    { ...made, fingerprint: content.fingerprint },
    there,
    hadUpload ? 'copied' : 'present',
  );
}

/** The hash of the source when the item there is a copy of it, ours or one as good; undefined when it is something else. */
async function isSameFile(
  { slot }: FileJob,
  name: string,
  content: Content,
  there: RemoteItem,
  hadUpload: boolean,
): Promise<Result<string | undefined>> {
  const kept = { size: content.fingerprint.size, modified: clampTime(content.fingerprint.modified) };
  const sameSize = there.size === kept.size;
  const sameTime = sameFingerprint({ ...kept, size: there.size }, there, DESTINATION_TOLERANCE_MS);
  const rewritten = isRewrittenKind(name) && sameTime && (hadUpload || sameSize);
  if (!sameSize && !rewritten) return ok(undefined);
  const hash = await slot.during('hashing', () => content.hash());
  if (!hash.ok) return hash;
  const sameContent = there.hash === hash.value || (there.hash === undefined && sameTime);
  return ok(sameContent || rewritten ? hash.value : undefined);
}
