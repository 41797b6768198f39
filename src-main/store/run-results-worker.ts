import { readMigrations } from './database/migrate.ts';
import { openDatabase } from './database/open-database.ts';
import { servePages } from './results/pages.ts';
import { serveResults } from './results/taking.ts';
import { serveThread } from './thread/serve-thread.ts';

/** The thread that writes the results of one run, and reads them when nobody writes. */
serveThread({
  open: (order) => openDatabase(order, readMigrations(new URL('./migrations/results/', import.meta.url))),
  serve: (database, notices) => {
    const writing = serveResults(database, notices.length > 0);
    return { ...writing, procedures: { ...writing.procedures, ...servePages(database).procedures } };
  },
});
