import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startUnit } from '../../src-main/engine/engine.ts';
import { StandInDestination } from '../../src-main/engine/stand-in-destination.ts';
import type { Source } from '../../src-main/source/source.ts';
import type { Journal } from '../../src-main/store/journal.ts';
import { keyFile } from '../../src-main/store/key-file.ts';
import { openJournal } from '../../src-main/store/open-journal.ts';
import type { Counts } from '../../src-shared/model/counts.ts';
import { defaultSettings } from '../../src-shared/model/settings.ts';

/**
 * A dry run with the real engine and the real journal; only the destination is a stand-in, which is new and empty.
 * @param folder where the journal goes
 * @param look is given the journal when the run begins; what it answers is called when the run has ended
 */
export async function dryRun(
  source: Source,
  folder: string,
  look: (journal: Journal) => () => void = () => () => undefined,
): Promise<Counts> {
  const journalFile = join(folder, 'journal.db');
  const opened = await openJournal({ file: journalFile, keys: keyFile(join(folder, 'key')), now: Date.now });
  if (!opened.ok) throw new Error(opened.problem.code);
  const { journal } = opened.value;
  const destination = new StandInDestination();
  const task = {
    id: 'bench',
    name: 'bench',
    source: source.root,
    destination: destination.root.url,
    settings: { ...defaultSettings, dryRun: true },
    createdAt: 0,
  };
  const env = { now: Date.now, random: Math.random, mayWrite: () => true };
  const unit = startUnit(
    { task, run: 0, acknowledged: 0, source, destination, journal, givenNames: new Map(), people: new Map() },
    env,
  );
  const looked = look(journal);
  const end = await unit.ended;
  looked();
  if (end.how !== 'done') throw new Error(JSON.stringify(end));
  const counts = await journal.counts();
  await journal.close();
  return counts;
}

/** The same, with the journal in a folder that is gone afterwards. */
export async function dryRunInFolder(source: Source): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'convoy-bench-dry-run-'));
  try {
    return await dryRun(source, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
