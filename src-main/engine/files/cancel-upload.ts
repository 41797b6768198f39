import { sleep } from '../../basics/sleep.ts';
import type { UploadSession } from '../../destination/destination.ts';
import type { FileToCopy } from '../../store/journal.ts';
import { ask } from '../ask.ts';
import type { Slot } from '../waits.ts';
import type { Work } from '../work.ts';
import type { FileJob } from './file-job.ts';

type Place = Pick<FileJob, 'work' | 'slot'>;

/**
 * Gives an upload up, so that its name is free again.
 * @returns false when the unit ends: the journal still has it
 */
export async function cancelUpload(
  { work, slot }: Place,
  file: Pick<FileToCopy, 'item'>,
  session: UploadSession,
): Promise<boolean> {
  const cancelled = await ask(work, slot, 'opening', (options) =>
    work.job.destination.cancel(session, options),
  );
  // One that could not be cancelled is kept: its name may still be blocked, and the next process can try again.
  if (cancelled?.ok) await forgetUpload({ work, slot }, file);
  return cancelled !== undefined;
}

/** The service knows nothing of it any more. */
export async function forgetUpload({ work, slot }: Place, file: Pick<FileToCopy, 'item'>): Promise<void> {
  await slot.during('journal', () => work.job.journal.dropUpload(file.item));
}

const AT_ONCE = 100;

/**
 * Gives up what earlier processes left under way for files that are copied no more: deleted, or left out by now. To be
 * called when all files are settled. False: the unit ends.
 */
export async function cancelLeftUploads(work: Work, slot: Slot): Promise<boolean> {
  const { journal } = work.job;
  for (;;) {
    const left = await journal.uploadsLeft(AT_ONCE);
    if (left.length === 0) return cancelHanded(work, slot);
    for (const upload of left) {
      if (!(await cancelUpload({ work, slot }, upload, upload))) return false;
      // Nobody will try again: what could not be cancelled ends by itself.
      await forgetUpload({ work, slot }, upload);
    }
  }
}

/** Those that the unit's former holder had under way, for files that are copied no more. */
async function cancelHanded(work: Work, slot: Slot): Promise<boolean> {
  const { destination, journal } = work.job;
  for (const upload of await journal.handedLeft()) {
    const cancelled = await ask(work, slot, 'opening', (options) => destination.cancel(upload, options));
    if (!cancelled) return false;
  }
  await journal.dropHanded();
  return true;
}

/** The journal is out of order, so the end of the unit does not wait longer for a service that may be as well. */
const LONGEST_MS = 20_000;
const SIDE_BY_SIDE = 4;

/**
 * Cancels uploads that the journal does not know and never will, whether the unit ends or not: this process is the last
 * that has their addresses, and each would block its name for a quarter of an hour.
 */
export async function cancelUnsaved(work: Work, sessions: readonly UploadSession[]): Promise<void> {
  if (sessions.length === 0) return;
  const late = new AbortController();
  const done = new AbortController();
  void (work.env.sleep ?? sleep)(LONGEST_MS, done.signal).then(() => late.abort());
  const left = [...sessions];
  const lane = async (): Promise<void> => {
    for (let session = left.pop(); session !== undefined; session = left.pop()) {
      // What does not succeed is waited out by the next process, as after a kill.
      await work.job.destination.cancel(session, { signal: late.signal });
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, lane));
  done.abort();
}
