import { copyFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import Sqlite, { type Database } from 'better-sqlite3';
import { type Problem, ProblemError } from '../../../src-shared/model/problem.ts';
import type { OpenOrder } from '../thread/procedures.ts';
import { type Migration, migrate } from './migrate.ts';
import { asStoreError, storeCodeOf } from './sqlite-problem.ts';
import { clearSuspicion, isSuspect } from './suspect.ts';

/** How long a database that is busy (a virus scanner, a backup program, a dying predecessor) is asked again. */
const BUSY_MS = 5_000;

/**
 * 2 MiB of pages. The tables are written in the order of their keys and read along their indexes; a larger cache
 * made no difference that could be measured, and this is what a thread costs for as long as it lives.
 */
const CACHE_KIB = 2_048;

/**
 * The log is written back when it is this long (16 MiB). Files settle by size, which is anywhere in the table: with
 * SQLite's own 1,000 pages every second group of 200 waited for the disk.
 */
const CHECKPOINT_PAGES = 4_096;

export interface Opened {
  readonly database: Database;
  /** What had to be done to open it, for people. Empty when all was well. */
  readonly notices: readonly Problem[];
}

/**
 * Opens a database for writing, step by step down a ladder: as it is; else its last backup; else a new one. A damaged file
 * is never changed or deleted, but kept beside as `<file>.damaged-<time>`, and a notice says so.
 *
 * WAL with `synchronous = NORMAL`: what was committed survives the death of the process at any moment (kill -9: the
 * bytes are the operating system's by then). A power cut or a crash of the operating system can take the commits
 * since the last checkpoint (some seconds at most under load), never the consistency of the file: SQLite, "WAL mode",
 * and pragma `synchronous`. The engine meets such a loss as it meets files that are already there,
 * and the grant of a unit says which numbers its results have used up.
 *
 * @throws ProblemError store-newer, store-in-use, store-unusable, store-disk-full
 */
export function openDatabase(order: OpenOrder, migrations: readonly Migration[]): Opened {
  try {
    return { database: openSound(order, migrations), notices: [] };
  } catch (error) {
    if (storeCodeOf(error) !== 'store-corrupt') throw asStoreError(error, order.file);
    return replaceDamaged(order, migrations, error instanceof Error ? error.message : String(error));
  }
}

/** A second connection to a database that a writer has open: reads the last commit, writes nothing. */
export function openReader(file: string): Database {
  try {
    const database = new Sqlite(file, { timeout: BUSY_MS, readonly: true });
    database.pragma(`cache_size = -${CACHE_KIB}`);
    return database;
  } catch (error) {
    throw asStoreError(error, file);
  }
}

function openSound(order: OpenOrder, migrations: readonly Migration[]): Database {
  const suspect = isSuspect(order.file);
  if (suspect || wasLeftOpen(order.file)) checkUnchanged(order.file, suspect);
  clearSuspicion(order.file);
  const database = new Sqlite(order.file, { timeout: BUSY_MS });
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    database.pragma(`cache_size = -${CACHE_KIB}`);
    database.pragma('temp_store = MEMORY');
    database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    // After a large burst the log is cut back to this when it is reset, so that it does not keep its peak size for ever.
    database.pragma(`journal_size_limit = ${CHECKPOINT_PAGES * 4_096}`);
    if (order.maxPages !== undefined) database.pragma(`max_page_count = ${order.maxPages}`);
    migrate(database, migrations);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** The last connection that closes a database in WAL mode removes its log: one that is there was left by a death. */
function wasLeftOpen(file: string): boolean {
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false });
  return log !== undefined && log.size > 0;
}

/** Through a connection that cannot write: closing another one would write the log into a file that is damaged. */
function checkUnchanged(file: string, suspect: boolean): void {
  const database = new Sqlite(file, { timeout: BUSY_MS, readonly: true });
  try {
    check(database, suspect);
  } finally {
    database.close();
  }
}

/** @throws an error with SQLite's code for damage */
function check(database: Database, thorough: boolean): void {
  // The thorough one also compares indexes with their tables, at about the price of building them again.
  const how = thorough ? 'integrity_check' : 'quick_check';
  const found = database.pragma(`${how}(1)`, { simple: true });
  if (found === 'ok') return;
  throw Object.assign(new Error(`${how}: ${String(found)}`), { code: 'SQLITE_CORRUPT' });
}

function replaceDamaged(order: OpenOrder, migrations: readonly Migration[], why: string): Opened {
  const kept = keepAside(order);
  const backup = order.backup;
  if (backup !== undefined && existsSync(backup)) {
    const from = new Date(statSync(backup).mtimeMs).toISOString();
    try {
      copyFileSync(backup, order.file);
      const database = openSound(order, migrations);
      try {
        check(database, true);
      } catch (error) {
        database.close();
        throw error;
      }
      const detail = `${why}. The damaged file was kept as ${kept}; what was written after ${from} is only there.`;
      return { database, notices: [{ code: 'store-restored', where: order.file, detail }] };
    } catch (error) {
      if (storeCodeOf(error) !== 'store-corrupt') throw asStoreError(error, order.file);
      removeWithLog(order.file);
    }
  }
  try {
    const database = openSound(order, migrations);
    const detail = `${why}. The damaged file was kept as ${kept}; there was no usable backup, so an empty one was begun and all that it held is only there.`;
    return { database, notices: [{ code: 'store-corrupt', where: order.file, detail }] };
  } catch (error) {
    throw asStoreError(error, order.file);
  }
}

/** Moves a database with its log out of the way and returns its new name. */
function keepAside(order: OpenOrder): string {
  const time = new Date(order.now).toISOString().replaceAll(':', '-');
  let kept = `${order.file}.damaged-${time}`;
  for (let n = 2; existsSync(kept); n++) kept = `${order.file}.damaged-${time}-${n}`;
  try {
    renameSync(order.file, kept);
    for (const end of ['-wal', '-shm']) {
      if (existsSync(order.file + end)) renameSync(order.file + end, kept + end);
    }
    clearSuspicion(order.file);
  } catch (error) {
    const detail = `The damaged file could not be kept aside: ${error instanceof Error ? error.message : String(error)}`;
    throw new ProblemError({ code: 'store-corrupt', where: order.file, detail }, { cause: error });
  }
  return kept;
}

function removeWithLog(file: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
}
