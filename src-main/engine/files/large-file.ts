import { type Fingerprint, sameFingerprint } from '../../../src-shared/model/item.ts';
import type { RemoteItem } from '../../destination/destination.ts';
import type { SourceFile } from '../../source/source.ts';
import type { FileToCopy } from '../../store/journal.ts';
import { ask } from '../ask.ts';
import { cancelUpload, forgetUpload } from './cancel-upload.ts';
import { deliver, type OpenUpload } from './deliver.ts';
import { copyEmptyFile } from './empty-file.ts';
import type { FileJob } from './file-job.ts';
import { setBack, settleThere } from './outcome.ts';
import { StreamedFile } from './streamed-file.ts';

/** Copies one file that is read as it is sent: a large one, or one whose upload an earlier process began. */
export async function copyLargeFile(job: FileJob, file: FileToCopy): Promise<void> {
  const source = job.work.sourceFor(job.slot);
  const opened = await job.slot.during('reading', () => source.open(file.path));
  if (!opened.ok) {
    await setBack(job, file, opened.problem, file.upload);
    return;
  }
  try {
    const before = await opened.value.fingerprint();
    if (before.ok) await copyOpened(job, file, opened.value, before.value);
    else await setBack(job, file, before.problem, file.upload);
  } finally {
    await opened.value.close();
  }
}

async function copyOpened(
  job: FileJob,
  file: FileToCopy,
  opened: SourceFile,
  fingerprint: Fingerprint,
): Promise<void> {
  const { memory } = job.work.limits;
  const content = new StreamedFile({
    file: opened,
    path: file.path,
    fingerprint,
    buffers: job.buffers,
    memory,
  });
  try {
    const start = file.upload ? await takeUp(job, file, content) : { file, open: undefined };
    if (!start) return;
    if (fingerprint.size === 0) await copyEmptyFile(job, start.file, content);
    else await deliver(job, start.file, content, start.open, file.upload !== undefined);
  } finally {
    await content.end();
  }
}

interface Start {
  readonly file: FileToCopy;
  readonly open: OpenUpload | undefined;
}

/**
 * What an earlier process left: goes on where the service says that it stands if the source is still the same, and
 * gives it up otherwise. Undefined: the file is settled or put back, or the unit ends.
 */
async function takeUp(job: FileJob, file: FileToCopy, content: StreamedFile): Promise<Start | undefined> {
  const { work, slot } = job;
  const { upload } = file;
  if (!upload) return { file, open: undefined };
  const stands = await ask(work, slot, 'opening', (options) => work.job.destination.resume(upload, options));
  if (!stands) return undefined;
  if (!stands.ok) {
    if (stands.problem.code === 'session-lost') {
      await forgetUpload(job, file);
      return { file, open: undefined };
    }
    await setBack(job, file, stands.problem, upload);
    return undefined;
  }
  const same = sameFingerprint(upload.fingerprint, content.fingerprint);
  if (stands.value.done) {
    if (same) await settleFinished(job, file, content, stands.value.item);
    return same ? undefined : startOver(job, file, stands.value.item);
  }
  const { session, next } = stands.value;
  if (same) return { file, open: { session, offset: next } };
  return (await cancelUpload(job, file, upload)) ? { file, open: undefined } : undefined;
}

/** The upload had got there to the end, and nobody heard of it. */
async function settleFinished(
  job: FileJob,
  file: FileToCopy,
  content: StreamedFile,
  item: RemoteItem,
): Promise<void> {
  const hash = await job.slot.during('hashing', () => content.hash());
  if (!hash.ok) return await setBack(job, file, hash.problem);
  const { fingerprint } = content;
  const made = { name: file.name, size: fingerprint.size, hash: hash.value, fingerprint };
  settleThere(job, file, made, item, 'copied');
}

/** It had got there, and the source has changed since: what stands there is ours, and is replaced if nobody touches it. */
async function startOver(job: FileJob, file: FileToCopy, { id, tag }: RemoteItem): Promise<Start> {
  await forgetUpload(job, file);
  return { file: { ...file, replace: { id, tag } }, open: undefined };
}
