import type { Result } from '../../../src-shared/model/problem.ts';
import type { FileToCopy } from '../../store/journal.ts';
import { deliver, notOpened } from './deliver.ts';
import { copyEmptyFile } from './empty-file.ts';
import type { FileJob } from './file-job.ts';
import { copyLargeFile } from './large-file.ts';
import { type Loaded, openAndSave } from './open-uploads.ts';
import { setBack } from './outcome.ts';
import { readWhole } from './whole-file.ts';

/**
 * Copies a group of small files: all are read into memory, their uploads are opened in one round trip and saved in
 * one commit, then each is sent in one piece. So a small file costs one request of its own and a share of others.
 * @param largest bytes up to which a file counts as small
 */
export async function copySmallFiles(
  job: FileJob,
  files: readonly FileToCopy[],
  largest: number,
): Promise<void> {
  const grown: FileToCopy[] = [];
  const bytes = files.reduce((sum, file) => sum + file.fingerprint.size, 0);
  const release = await job.work.limits.memory.take(bytes);
  try {
    const { loaded, tooLarge, done } = await load(job, files, largest, bytes);
    grown.push(...tooLarge);
    const full: Loaded[] = [];
    for (const each of loaded) {
      if (each.content.fingerprint.size === 0) await copyEmptyFile(job, each.file, each.content);
      else full.push(each);
    }
    if (full.length > 0) await sendGroup(job, full);
    done();
  } finally {
    release();
  }
  for (const file of grown) await copyLargeFile(job, file);
}

async function load(
  job: FileJob,
  files: readonly FileToCopy[],
  largest: number,
  bytes: number,
): Promise<{ loaded: Loaded[]; tooLarge: FileToCopy[]; done: () => void }> {
  const source = job.work.sourceFor(job.slot);
  const { contents, release } = await job.slot.during('reading', () =>
    readWhole(
      source,
      files.map(({ path }) => path),
      largest,
      job.groupBuffers,
      job.groupBuffers.take(bytes),
    ),
  );
  const loaded: Loaded[] = [];
  const tooLarge: FileToCopy[] = [];
  for (const [i, file] of files.entries()) {
    const content = contents[i];
    if (!content) throw new Error('a file was not read');
    if (!content.ok) await setBack(job, file, content.problem);
    else if (content.value) loaded.push({ file, content: content.value });
    else tooLarge.push(file);
  }
  return { loaded, tooLarge, done: release };
}

async function sendGroup(job: FileJob, group: readonly Loaded[]): Promise<void> {
  const { work } = job;
  const opened = await openAndSave(job, group);
  if (!opened) return;
  for (const [i, { file, content }] of group.entries()) {
    if (work.control.signal.aborted) return;
    const session = opened[i] ?? missingAnswer();
    if (session.ok) await deliver(job, file, content, { session: session.value, offset: 0 }, false);
    else await notOpened(job, file, content, session.problem, false);
    await work.settler.room();
  }
}

function missingAnswer(): Result<never> {
  throw new Error('the destination answered fewer requests than it was asked');
}
