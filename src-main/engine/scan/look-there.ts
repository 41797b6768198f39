import { lookUp } from '../../../src-shared/catalogue/catalogue.ts';
import type { Problem } from '../../../src-shared/model/problem.ts';
import type { FolderToList } from '../../store/journal.ts';
import { callOptions, waitOut } from '../ask.ts';
import type { Slot } from '../waits.ts';
import type { Work } from '../work.ts';

const MOST_TRIES = 3;
const PAUSE_MS = 2_000;

/**
 * Records what a folder has at the destination, before it is listed at the source: its former holder copied into it. A folder costs two requests'
 * worth, and one that is not made yet nothing; the changes of the whole drive, from its beginning, would cost as much for each five hundred items
 * that anybody ever put there.
 * @returns false when the unit ends
 */
export async function lookThere(work: Work, slot: Slot, folder: FolderToList): Promise<boolean> {
  const { remoteId } = folder;
  if (remoteId === undefined) return true;
  for (let tries = 1; ; tries++) {
    if (!(await work.control.mayWrite(slot))) return false;
    const problem = await takePages(work, slot, remoteId);
    // Gone meanwhile: then nothing is in it, and what is to go into it finds that out.
    if (!problem || problem.code === 'copy-missing') return !work.control.signal.aborted;
    if (lookUp(problem.code).scope !== 'item') {
      if (!(await waitOut(work, slot, problem))) return false;
    } else if (tries >= MOST_TRIES) {
      work.control.fail(problem);
      return false;
    } else await slot.during('backing-off', () => work.control.aside(() => work.control.sleep(PAUSE_MS)));
  }
}

async function takePages(work: Work, slot: Slot, folder: string): Promise<Problem | undefined> {
  const { destination, journal } = work.job;
  const pages = destination.children(folder, callOptions(work, slot))[Symbol.asyncIterator]();
  try {
    for (;;) {
      const page = await slot.during('committing', () => pages.next());
      if (page.done) return undefined;
      if (!page.value.ok) return page.value.problem;
      const items = page.value.value;
      await slot.during('journal', () => journal.recordRemote({ items, deleted: [], mark: undefined }));
      work.outage.over();
    }
  } finally {
    await pages.return?.();
  }
}
