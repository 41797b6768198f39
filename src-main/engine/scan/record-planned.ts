import type { FolderToList } from '../../store/journal.ts';
import type { Slot } from '../waits.ts';
import type { Work } from '../work.ts';
import { decideEntry, nothingKnown } from './decide-entry.ts';
import type { Judged } from './judge.ts';
import type { PartFile } from './planned-files.ts';

/** Entries to a call of the journal. */
const BATCH = 1_000;

/**
 * Records what another machine has planned in a folder, as if it were all that is in it. It was judged there; what became of it since, is
 * seen when each file is opened to be copied.
 */
export async function recordPlanned(
  { work, slot, folder }: { readonly work: Work; readonly slot: Slot; readonly folder: FolderToList },
  files: readonly PartFile[],
  recorded: () => void,
): Promise<void> {
  const { journal, task } = work.job;
  for (let at = 0; at === 0 || at < files.length; at += BATCH) {
    const some = files.slice(at, at + BATCH);
    const known = await slot.during('journal', () =>
      journal.lookUp(
        folder.item,
        some.map(({ name, destinationName }) => ({ name, destinationName, kind: 'file' })),
      ),
    );
    const entries = some.map((file, i) =>
      decideEntry(asJudged(file), known[i] ?? nothingKnown, task.settings),
    );
    const last = at + BATCH >= files.length;
    await slot.during('journal', () => journal.recordEntries(folder.item, entries, last));
    recorded();
  }
}

function asJudged(file: PartFile): Judged {
  const { name, size, modified, created, fileId } = file;
  const entry = {
    ...{ name, size, modified, created, fileId, kind: 'file' as const, nameReadable: true },
    ...{ hidden: false, system: false, offline: false },
  };
  return { entry, findings: file.findings, goes: 'on', kind: 'file', name: file.destinationName ?? name };
}
