import { readMigrations } from './database/migrate.ts';
import { openDatabase } from './database/open-database.ts';
import { serveResults } from './results/taking.ts';
import { serveThread } from './thread/serve-thread.ts';

/** The thread that writes the results of one run. */
serveThread({
  open: (order) => openDatabase(order, readMigrations(new URL('./migrations/results/', import.meta.url))),
  serve: (database, notices) => serveResults(database, notices.length > 0),
});
