import type { FileToCopy } from '../../store/journal.ts';
import { BlockedNames } from '../blocked-names.ts';
import type { Feed } from '../feed.ts';
import { Retries } from '../retries.ts';
import type { Slot } from '../waits.ts';
import { guarded, type Work } from '../work.ts';
import type { FileJob } from './file-job.ts';
import { FragmentBuffers } from './fragment-buffers.ts';
import { copyLargeFile } from './large-file.ts';
import { copySmallFiles } from './small-files.ts';
import { WaitingRoom } from './waiting-room.ts';

/** Up to here a file is read in one go before its upload is opened. */
const SMALL_BYTES = 4 * 1_048_576;
/** What a group of small files may take in memory: 16 lanes of it are 64 MiB. */
const GROUP_BYTES = 4 * 1_048_576;

/** When few files are left every lane gets some of them, but not so few that opening them one by one would do. */
const SMALLEST_GROUP = 4;

/** Copies all files that the feed hands out, `parallelFiles` lanes side by side. */
export async function copyFiles(work: Work, feed: Feed<FileToCopy>): Promise<void> {
  const { parallelFiles, fragmentBytes } = work.job.task.settings;
  const room = new WaitingRoom(work, feed);
  const shared = {
    work,
    room,
    retries: new Retries(),
    blocked: new BlockedNames(),
    buffers: new FragmentBuffers(fragmentBytes),
  };
  const largest = Math.min(SMALL_BYTES, fragmentBytes);
  const lanes = Array.from({ length: parallelFiles }, () => {
    const job: FileJob = { ...shared, slot: work.waits.slot() };
    return guarded(work.control, () => runLane(job, feed, largest));
  });
  await Promise.all(lanes);
  await room.empty();
}

async function runLane(job: FileJob, feed: Feed<FileToCopy>, largest: number): Promise<void> {
  const { control, job: unit } = job.work;
  const { parallelFiles } = unit.task.settings;
  for (;;) {
    const first = await feed.next();
    if (!first) return;
    const group = [first];
    if (isSmall(first, largest)) {
      const limit = Math.max(SMALLEST_GROUP, feed.share(parallelFiles, unit.destination.openAtOnce)) - 1;
      let room = GROUP_BYTES - first.fingerprint.size;
      const fits = (file: FileToCopy): boolean => {
        if (!isSmall(file, largest) || file.attempts !== first.attempts) return false;
        if (file.fingerprint.size > room) return false;
        room -= file.fingerprint.size;
        return true;
      };
      group.push(...feed.nextReady(limit, fits));
    }
    try {
      if (!(await control.mayStart(job.slot))) return;
      await control.busy(() => copyGroup(job, group, largest));
    } finally {
      for (const _ of group) feed.done();
    }
  }
}

async function copyGroup(job: FileJob, group: readonly FileToCopy[], largest: number): Promise<void> {
  const [first] = group;
  if (!first) return;
  await waitForRetry(job, group, job.slot);
  if (job.work.control.ending) return;
  if (isSmall(first, largest)) await copySmallFiles(job, group, largest);
  else await copyLargeFile(job, first);
}

/** Those that were put back have to wait for their turn; what may hold a file back for a minute does not hold a pause back. */
async function waitForRetry(job: FileJob, group: readonly FileToCopy[], slot: Slot): Promise<void> {
  const { control, env } = job.work;
  const now = env.now();
  const wait = Math.max(...group.map((file) => job.retries.wait(file, now)));
  if (wait > 0) await slot.during('backing-off', () => control.aside(() => control.sleep(wait)));
}

function isSmall(file: FileToCopy, largest: number): boolean {
  return file.upload === undefined && file.fingerprint.size <= largest;
}
