import type { Problem } from '../../../src-shared/model/problem.ts';
import type { UploadSession } from '../../destination/destination.ts';
import type { FileToCopy } from '../../store/journal.ts';
import { cancelUpload, forgetUpload } from './cancel-upload.ts';
import type { Content } from './content.ts';
import type { FileJob } from './file-job.ts';
import { meetOccupied } from './occupied.ts';
import { openAndSave } from './open-uploads.ts';
import { setBack, settleThere, waitForName } from './outcome.ts';
import { sendBytes } from './upload.ts';

/** An upload that is open for a file. */
export interface OpenUpload {
  readonly session: UploadSession;
  readonly offset: number;
}

/** How often an upload that the service forgot is opened anew, within one try. */
const MOST_REOPENED = 3;

/**
 * Brings the bytes of one file to the destination and settles it, whatever happens, unless the unit ends.
 * @param open undefined: opens one
 * @param hadUpload an upload for this name was open before: if the name is taken, it may be by our own copy
 */
export async function deliver(
  job: FileJob,
  file: FileToCopy,
  content: Content,
  open: OpenUpload | undefined,
  hadUpload: boolean,
): Promise<void> {
  const passing = job.work.traffic.begin(file.path, content.fingerprint.size, open?.offset);
  try {
    let upload = open;
    for (let reopened = 0; ; reopened++) {
      upload ??= await openOne(job, file, content, hadUpload || reopened > 0);
      if (!upload) return;
      const end = await sendBytes(job, file, content, upload, passing);
      if (end.how === 'stopped') return;
      if (end.how === 'done') {
        const hash = await content.hash();
        if (!hash.ok) return await giveUp(job, file, upload, hash.problem);
        const made = { name: file.name, size: content.fingerprint.size, hash: hash.value };
        settleThere(job, file, { ...made, fingerprint: content.fingerprint }, end.item, 'copied');
        return;
      }
      if (end.how === 'changed') {
        return await giveUp(job, file, upload, { code: 'file-changed-while-read' });
      }
      if (isTaken(end.problem)) {
        await cancelUpload(job, file, upload.session);
        return await meetOccupied(job, file, content, end.problem, true);
      }
      if (end.problem.code !== 'session-lost') {
        return await setBack(job, file, end.problem, upload.session);
      }
      await forgetUpload(job, file);
      if (reopened >= MOST_REOPENED) {
        await setBack(job, file, end.problem);
        return;
      }
      upload = undefined;
    }
  } finally {
    passing.end();
  }
}

/** Opens an upload and saves it. Undefined: the file is settled or put back, or the unit ends. */
async function openOne(
  job: FileJob,
  file: FileToCopy,
  content: Content,
  hadUpload: boolean,
): Promise<OpenUpload | undefined> {
  const opened = (await openAndSave(job, [{ file, content }]))?.[0];
  if (!opened) return undefined;
  if (opened.ok) return { session: opened.value, offset: 0 };
  await notOpened(job, file, content, opened.problem, hadUpload);
  return undefined;
}

/** What becomes of a file for which no upload could be opened. */
export async function notOpened(
  job: FileJob,
  file: FileToCopy,
  content: Content,
  problem: Problem,
  hadUpload: boolean,
): Promise<void> {
  if (isTaken(problem)) await meetOccupied(job, file, content, problem, hadUpload);
  else if (problem.code === 'name-blocked-by-lost-upload') waitForName(job, file, problem);
  else await setBack(job, file, problem);
}

function isTaken(problem: Problem): boolean {
  return problem.code === 'occupied-at-destination' || problem.code === 'edited-at-destination';
}

/** The bytes that were sent are worth nothing any more. */
async function giveUp(job: FileJob, file: FileToCopy, upload: OpenUpload, problem: Problem): Promise<void> {
  if (await cancelUpload(job, file, upload.session)) await setBack(job, file, problem);
}
