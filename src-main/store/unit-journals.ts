import { readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DataFolder } from './data-folder.ts';

/** Journals of units that nobody has touched for so long are of units that went to others while this machine was off. */
const KEPT_MS = 7 * 24 * 3_600_000;

/** Deletes the journal of a unit that is over. */
export async function dropUnitJournal(folder: DataFolder, task: string, unit: string): Promise<void> {
  await removeDatabase(folder.unitJournalFile(task, unit));
}

/** Deletes those that were left over. To be called at start: a kill leaves one behind, and another machine has its unit. */
export async function sweepUnitJournals(folder: DataFolder, now: number): Promise<void> {
  const work = dirname(folder.journalFile('task'));
  for (const name of await readdir(work)) {
    if (!name.endsWith('.unit.db')) continue;
    const file = join(work, name);
    const touched = Math.max(...(await Promise.all(['', '-wal'].map((end) => changedAt(file + end)))));
    if (now - touched > KEPT_MS) await removeDatabase(file);
  }
}

async function changedAt(file: string): Promise<number> {
  try {
    return (await stat(file)).mtimeMs;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw error;
  }
}

async function removeDatabase(file: string): Promise<void> {
  for (const end of ['', '-wal', '-shm']) await rm(file + end, { force: true });
}
