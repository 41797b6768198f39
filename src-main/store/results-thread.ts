import type { Database } from 'better-sqlite3';
import { readMigrations } from './database/migrate.ts';
import { openDatabase } from './database/open-database.ts';
import { servePages } from './results/pages.ts';
import { serveResults } from './results/taking.ts';
import type { OpenOrder } from './thread/procedures.ts';

/** How a thread opens the results of a run and serves them: it writes them, and reads them when nobody writes. */
export const resultsThread = {
  open: (order: OpenOrder) =>
    openDatabase(order, readMigrations(new URL('./migrations/results/', import.meta.url))),
  serve: (database: Database, notices: readonly unknown[]) => {
    const writing = serveResults(database, notices.length > 0);
    return { ...writing, procedures: { ...writing.procedures, ...servePages(database).procedures } };
  },
};
