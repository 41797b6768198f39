import type { ItemKind } from '../../../src-shared/model/item.ts';
import type { Problem } from '../../../src-shared/model/problem.ts';
import type { Source } from '../../source/source.ts';
import type { Slot } from '../waits.ts';
import type { Work } from '../work.ts';

/**
 * Whether nothing of this kind is under a path of the source any more, while the source itself is there. A file that cannot be opened for another
 * reason is not gone.
 * @returns false also when the unit ends
 */
export async function isGone(work: Work, slot: Slot, path: string, kind: ItemKind): Promise<boolean> {
  const source = work.sourceFor(slot);
  for (;;) {
    const began = work.sourceCheck.outages;
    const problem = await slot.during('listing', () =>
      kind === 'folder' ? listProblem(source, path) : openProblem(source, path),
    );
    if (!problem) return false;
    const verdict = await work.sourceCheck.look(problem, began, slot);
    if (verdict === 'ends' || work.control.ending) return false;
    if (verdict === 'of-item') return problem.code === 'file-vanished' || problem.code === 'folder-vanished';
  }
}

async function openProblem(source: Source, path: string): Promise<Problem | undefined> {
  const opened = await source.open(path);
  if (!opened.ok) return opened.problem;
  await opened.value.close();
  return undefined;
}

async function listProblem(source: Source, path: string): Promise<Problem | undefined> {
  for await (const batch of source.list(path)) return batch.ok ? undefined : batch.problem;
  return undefined;
}
