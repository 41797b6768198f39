import type { FileToCopy } from '../../store/journal.ts';
import { ask } from '../ask.ts';
import type { Content } from './content.ts';
import { notOpened } from './deliver.ts';
import type { FileJob } from './file-job.ts';
import { uploadRequest } from './open-uploads.ts';
import { settleThere } from './outcome.ts';

/** A file without content: an upload needs at least one byte, so it is put as it is. */
export async function copyEmptyFile(job: FileJob, file: FileToCopy, content: Content): Promise<void> {
  const { work, slot } = job;
  const put = await ask(work, slot, 'committing', (options) =>
    work.job.destination.putEmpty(uploadRequest({ file, content }), options),
  );
  if (!put) return;
  if (!put.ok) return await notOpened(job, file, content, put.problem, file.attempts > 0);
  const hash = await content.hash();
  if (!hash.ok) throw new Error('nothing could not be hashed');
  const made = { name: file.name, size: 0, hash: hash.value, fingerprint: content.fingerprint };
  settleThere(job, file, made, put.value, 'copied');
}
