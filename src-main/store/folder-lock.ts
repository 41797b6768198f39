import Sqlite from 'better-sqlite3';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import { codeOf } from './thread/wire-error.ts';

export interface FolderLock {
  release(): void;
}

/**
 * Takes a lock that ends with the process, however it ends: the exclusive lock of SQLite on an empty database is one of
 * the operating system (fcntl, LockFileEx), so nothing is left behind by a kill -9, and no number of a process has to be
 * believed. Codes: store-in-use, store-unusable.
 */
export function lockFolder(file: string): Result<FolderLock> {
  let database: Sqlite.Database | undefined;
  try {
    database = new Sqlite(file, { timeout: 0 });
    database.pragma('journal_mode = DELETE');
    database.exec('BEGIN EXCLUSIVE');
    const held = database;
    return ok({ release: () => held.close() });
  } catch (error) {
    database?.close();
    const code = codeOf(error) ?? '';
    const detail = error instanceof Error ? `${code} ${error.message}`.trim() : String(error);
    return failed(code.startsWith('SQLITE_BUSY') ? 'store-in-use' : 'store-unusable', {
      where: file,
      detail,
    });
  }
}
