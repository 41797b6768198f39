import { askEach } from './ask.ts';
import { clampTime } from './times.ts';
import type { Slot } from './waits.ts';
import type { Work } from './work.ts';

const AT_ONCE = 200;

/**
 * Gives folders the time that they have at the source, last of all: whatever is written into a folder may change it. Only those that Convoy made and
 * that may have another one by now. What cannot be set is a finding of the folder, and no reason to fail it.
 * Why so: docs/decisions/0020-folder-times.md.
 * @returns false when the unit ends
 */
export async function dateFolders(work: Work, slot: Slot): Promise<boolean> {
  const { journal, destination } = work.job;
  for (;;) {
    const folders = await slot.during('journal', () => journal.takeFolderTimes(AT_ONCE));
    if (folders.length === 0) return true;
    const requests = folders.map(({ id, name, modified }) => ({ id, name, modified: clampTime(modified) }));
    const results = await askEach(work, slot, 'committing', requests, (some, options) =>
      destination.dateFolders(some, options),
    );
    if (!results) return false;
    const verdicts = folders.map(({ item }, i) => {
      const result = results[i];
      return result === undefined || result.ok ? { item } : { item, why: result.problem.code };
    });
    await slot.during('journal', () => journal.foldersDated(verdicts));
  }
}
