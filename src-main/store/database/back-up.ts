import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import type { Database } from 'better-sqlite3';

/**
 * Copies a database that is in use, consistently and page by page between other calls, and puts the copy in place
 * of the last one only when it is whole and on the disk: at every moment there is a good one.
 */
export async function backUp(database: Database, file: string): Promise<void> {
  const unfinished = `${file}.unfinished`;
  rmSync(unfinished, { force: true });
  await database.backup(unfinished);
  const handle = openSync(unfinished, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(unfinished, file);
}
