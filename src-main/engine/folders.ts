import { lookUp } from '../../src-shared/catalogue/catalogue.ts';
import type { FolderToMake } from '../store/journal.ts';
import { ask } from './ask.ts';
import { BlockedNames } from './blocked-names.ts';
import type { Feed } from './feed.ts';
import { timesToKeep } from './times.ts';
import type { Slot } from './waits.ts';
import { guarded, type Work } from './work.ts';

/** Folders made side by side; the journal hands out only those whose parents are made. */
const MADE_AT_ONCE = 8;
/** A folder that holds many files back is tried more than once before all of them fail. */
const MOST_TRIES = 3;
const PAUSE_MS = 2_000;

/** Makes every folder that the feed hands out, once. */
export async function makeFolders(work: Work, feed: Feed<FolderToMake>, made: () => void): Promise<void> {
  const { parallelFiles } = work.job.task.settings;
  const names = new BlockedNames();
  const makers = Array.from({ length: Math.min(MADE_AT_ONCE, parallelFiles) }, () => {
    const slot = work.waits.slot();
    return guarded(work.control, () => runMaker({ work, slot, names }, feed, made));
  });
  await Promise.all(makers);
}

interface Maker {
  readonly work: Work;
  readonly slot: Slot;
  readonly names: BlockedNames;
}

async function runMaker(maker: Maker, feed: Feed<FolderToMake>, made: () => void): Promise<void> {
  const { work, slot } = maker;
  for (;;) {
    const folder = await feed.next();
    if (!folder) return;
    try {
      if (!(await work.control.mayStart(slot))) return;
      await work.control.busy(() => makeFolder(maker, folder));
    } finally {
      feed.done();
      made();
    }
  }
}

async function makeFolder({ work, slot, names }: Maker, folder: FolderToMake): Promise<void> {
  const { destination, journal } = work.job;
  const times = timesToKeep(folder.created, folder.modified);
  for (let tries = 1; ; tries++) {
    const made = await ask(work, slot, 'committing', (options) =>
      destination.makeFolder(folder.parentRemoteId, folder.name, times, options),
    );
    if (!made) return;
    if (made.ok) {
      const { item, existed } = made.value;
      return await slot.during('journal', () => journal.folderMade(folder.item, { id: item.id, existed }));
    }
    const { problem } = made;
    const blocked = problem.code === 'name-blocked-by-lost-upload';
    const pause = blocked ? names.pause(folder.item, work.env.now()) : undefined;
    if (pause !== undefined) {
      await slot.during('name-blocked', () => work.control.aside(() => work.control.sleepBefore(pause)));
      if (work.control.ending) return;
      continue;
    }
    if (lookUp(problem.code).retry === 'never' || tries >= MOST_TRIES) {
      return await slot.during('journal', () =>
        journal.folderFailed(folder.item, problem.code, problem.detail),
      );
    }
    await slot.during('backing-off', () => work.control.aside(() => work.control.sleep(PAUSE_MS * tries)));
  }
}
