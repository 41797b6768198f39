import { lookUp } from '../../../src-shared/catalogue/catalogue.ts';
import type { Fingerprint, Grade, Outcome } from '../../../src-shared/model/item.ts';
import type { Problem } from '../../../src-shared/model/problem.ts';
import type { TaskSettings } from '../../../src-shared/model/settings.ts';
import type { RemoteItem, UploadSession } from '../../destination/destination.ts';
import type { FileToCopy } from '../../store/journal.ts';
import { gradeCopy, gradeFindings, type Sent } from '../grade.ts';
import { MOST_ATTEMPTS } from '../retries.ts';
import { cancelUpload } from './cancel-upload.ts';
import type { FileJob } from './file-job.ts';

/** The file is at the destination: as our copy, or because it was there already. */
export function settleThere(
  { work }: FileJob,
  file: FileToCopy,
  made: Sent & { readonly fingerprint: Fingerprint },
  there: RemoteItem,
  as: Extract<Outcome, 'copied' | 'present'>,
): void {
  const grade: Grade = gradeCopy(made, there);
  work.settler.settle({
    item: file.item,
    outcome: grade === 'differs' ? 'failed' : as,
    grade,
    findings: gradeFindings(grade, made, there),
    fingerprint: made.fingerprint,
    remote: { id: there.id, tag: there.tag, hash: there.hash },
    sentHash: isHashKept(grade, work.job.task.settings) ? made.hash : undefined,
  });
}

/**
 * Where the service said the same hash, the tag of the copy stands for it as long as nobody changes it. Where it said none
 * or another, ours is all there is to compare with.
 */
function isHashKept(grade: Grade, { keepHashes }: Pick<TaskSettings, 'keepHashes'>): boolean {
  return keepHashes || grade === 'size-equal' || grade === 'differs';
}

/** The file cannot be copied in this run. */
export function settleFailed({ work }: FileJob, file: FileToCopy, problem: Problem): void {
  work.settler.settle({
    item: file.item,
    outcome: 'failed',
    findings: [{ code: problem.code, detail: problem.detail }],
  });
}

/**
 * The file met a problem of its own: it comes again later in this run if that can help, and else fails.
 * What failed because the source was away does not count as a try.
 * @param left an upload that is open for it: a later try can go on with it, and when there is none it is given up
 */
export async function setBack(
  job: FileJob,
  file: FileToCopy,
  problem: Problem,
  left?: UploadSession,
): Promise<void> {
  const { work, retries, slot } = job;
  const verdict = await work.sourceCheck.look(problem, job.outages, slot);
  if (work.control.signal.aborted || verdict === 'ends') return;
  if (verdict === 'again') {
    await slot.during('journal', () => work.job.journal.putBack(file.item, 0));
    return;
  }
  if (lookUp(problem.code).retry === 'never' || file.attempts + 1 >= MOST_ATTEMPTS) {
    // The journal forgets it together with the file, so it is cancelled first.
    if (left && !(await cancelUpload(job, file, left))) return;
    settleFailed(job, file, problem);
    return;
  }
  retries.putBack(file.attempts + 1, work.env.now());
  await slot.during('journal', () => work.job.journal.putBack(file.item));
}

/** An upload that nobody has the address of holds the name: it is waited for, and others are copied meanwhile. */
export function waitForName(job: FileJob, file: FileToCopy, problem: Problem): void {
  const pause = job.blocked.pause(file.item, job.work.env.now());
  if (pause === undefined) settleFailed(job, file, { ...problem, code: 'name-blocked-by-lost-upload' });
  else job.room.wait(file, pause);
}
