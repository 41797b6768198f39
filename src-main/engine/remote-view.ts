import { lookUp } from '../../src-shared/catalogue/catalogue.ts';
import type { Problem } from '../../src-shared/model/problem.ts';
import { isWhole } from '../../src-shared/model/scope.ts';
import { callOptions, waitOut } from './ask.ts';
import type { Slot } from './waits.ts';
import type { Work } from './work.ts';

/** Errors of single pages go away; a listing that keeps failing does not come about. */
const MOST_TRIES = 5;
const PAUSE_MS = 2_000;

/**
 * Brings what the journal knows of the destination up to date: from its last mark on, from the beginning when there is
 * none or it is too old. An empty destination is not enumerated: only the mark is taken.
 * @returns false when the unit ends
 */
export async function updateRemoteView(work: Work, slot: Slot): Promise<boolean> {
  const { destination, journal } = work.job;
  const mark = await journal.remoteMark();
  if (mark === undefined) return takeChanges(work, slot, destination.root.empty ? 'now' : undefined);
  return takeChanges(work, slot, mark);
}

async function takeChanges(work: Work, slot: Slot, since: string | undefined): Promise<boolean> {
  for (let tries = 1; ; tries++) {
    if (!(await work.control.mayWrite(slot))) return false;
    const problem = await takePages(work, slot, since);
    if (!problem) return !work.control.signal.aborted;
    // The mark is too old: the service no longer knows what changed since.
    if (problem.code === 'session-lost' && since !== undefined) return takeChanges(work, slot, undefined);
    if (lookUp(problem.code).scope !== 'item') {
      if (!(await waitOut(work, slot, problem))) return false;
    } else if (tries >= MOST_TRIES) {
      work.control.fail(problem);
      return false;
    } else await slot.during('backing-off', () => work.control.aside(() => work.control.sleep(PAUSE_MS)));
  }
}

/** One pass over the pages. Recording a page twice does no harm, so a pass that broke off is begun anew. */
async function takePages(work: Work, slot: Slot, since: string | undefined): Promise<Problem | undefined> {
  const { destination, journal, scope } = work.job;
  let first = since === undefined;
  const pages = destination.changes(since, callOptions(work, slot))[Symbol.asyncIterator]();
  let recording = Promise.resolve();
  try {
    for (;;) {
      const page = await slot.during('committing', () => pages.next());
      // The journal takes a page while the next one is on its way: no more than two are held.
      await slot.during('journal', () => recording);
      if (page.done || !(await work.control.mayWrite(slot))) return undefined;
      if (!page.value.ok) return page.value.problem;
      const recorded = { ...page.value.value, first, everywhere: !isWhole(scope) };
      first = false;
      recording = journal.recordRemote(recorded);
      // Whoever waits for it meets its failure.
      recording.catch(() => undefined);
      work.outage.over();
    }
  } finally {
    await pages.return?.();
  }
}
