import type { FileToCopy } from '../../store/journal.ts';
import { BlockedNames } from '../blocked-names.ts';
import { crewAtWork } from '../concurrency/crew.ts';
import type { Pace } from '../concurrency/pace.ts';
import type { Semaphore } from '../concurrency/semaphore.ts';
import { Stopwatch } from '../concurrency/stopwatch.ts';
import type { Feed } from '../feed.ts';
import { Retries } from '../retries.ts';
import type { Slot } from '../waits.ts';
import { guarded, type Work } from '../work.ts';
import type { FileJob } from './file-job.ts';
import { FragmentBuffers } from './fragment-buffers.ts';
import { GroupBuffers } from './group-buffers.ts';
import { isSmall, type LaneName, laneNames, lanePaces, largestSmall } from './lanes.ts';
import { copyLargeFile } from './large-file.ts';
import { copySmallFiles } from './small-files.ts';
import { WaitingRoom } from './waiting-room.ts';

/**
 * What a group of small files may take in memory, unless the first alone is larger: 16 of them are 16 MiB. Twenty files of 34 kB on average fit
 * into it. With four times as much the largest files of a share, which come first, took 40 MB more at the peak for 1 % fewer requests.
 */
const GROUP_BYTES = 1_048_576;

/** When few files are left everybody gets some of them, but not so few that opening them one by one would do. */
const SMALLEST_GROUP = 4;

/**
 * Copies all files that the feeds hand out: small and large ones side by side, each lane with as many in flight as bring
 * something, together never more than `parallelFiles`.
 */
export async function copyFiles(
  work: Work,
  feeds: Readonly<Record<LaneName, Feed<FileToCopy>>>,
): Promise<void> {
  const { parallelFiles, fragmentBytes } = work.job.task.settings;
  const paces = lanePaces(work.env.now(), parallelFiles);
  const shared = {
    work,
    retries: new Retries(),
    blocked: new BlockedNames(),
    buffers: new FragmentBuffers(fragmentBytes),
    groupBuffers: new GroupBuffers(),
    outages: 0,
  };
  const places = work.limits.places(work.job.task.id, parallelFiles);
  const free: Slot[] = [];
  const copyLane = async (name: LaneName): Promise<void> => {
    const [feed, pace] = [feeds[name], paces[name]];
    const room = new WaitingRoom(work, feed);
    await crewAtWork(
      () => (feed.ended ? 0 : pace.limit),
      async (mayGoOn) => {
        const slot = free.pop() ?? work.waits.slot();
        const job: FileJob = { ...shared, room, slot, pieceDone: pieceDone(work, slot, pace, name) };
        await guarded(work.control, () => runMember({ job, feed, pace, places, mayGoOn }));
        free.push(slot);
      },
    );
    await room.empty();
  };
  await Promise.all(laneNames.map(copyLane));
}

/** Small files are counted, since they cost requests; of large ones the bytes count. */
function pieceDone(work: Work, slot: Slot, pace: Pace, lane: LaneName): FileJob['pieceDone'] {
  const { now } = work.env;
  const watch = new Stopwatch(slot, now);
  return (bytes) => {
    pace.done({ at: now(), took: watch.lap(), work: lane === 'small' ? 1 : bytes });
  };
}

interface Member {
  readonly job: FileJob;
  readonly feed: Feed<FileToCopy>;
  readonly pace: Pace;
  readonly places: Semaphore;
  /** False: there are more members than there should be. To be asked only by those who stop then. */
  readonly mayGoOn: () => boolean;
}

async function runMember({ job, feed, pace, places, mayGoOn }: Member): Promise<void> {
  const { control, job: unit } = job.work;
  const largest = largestSmall(unit.task.settings);
  while (mayGoOn()) {
    const first = await feed.next();
    if (!first) return;
    const group = [first];
    const leave = await places.take(1);
    try {
      if (isSmall(first, largest)) {
        const limit = Math.max(SMALLEST_GROUP, feed.share(pace.limit, unit.destination.openAtOnce)) - 1;
        group.push(...feed.nextReady(limit, fitsWith(first, largest)));
      }
      if (!(await control.mayStart(job.slot))) return;
      await control.busy(() => copyGroup(job, group, largest));
    } finally {
      leave();
      for (const _ of group) feed.done();
    }
  }
}

/** Small files that were tried as often as the first one, as many as memory is meant for. */
function fitsWith(first: FileToCopy, largest: number): (file: FileToCopy) => boolean {
  let room = GROUP_BYTES - first.fingerprint.size;
  return (file) => {
    if (!isSmall(file, largest) || file.attempts !== first.attempts) return false;
    if (file.fingerprint.size > room) return false;
    room -= file.fingerprint.size;
    return true;
  };
}

async function copyGroup(lane: FileJob, group: readonly FileToCopy[], largest: number): Promise<void> {
  const [first] = group;
  if (!first) return;
  await waitForRetry(lane, group, lane.slot);
  const job = { ...lane, outages: lane.work.sourceCheck.outages };
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
