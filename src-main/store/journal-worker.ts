import { readMigrations } from './database/migrate.ts';
import { openDatabase } from './database/open-database.ts';
import { serveJournal } from './journal/serve-journal.ts';
import { serveThread } from './thread/serve-thread.ts';

/** The thread of one journal. */
serveThread({
  open: (order) => openDatabase(order, readMigrations(new URL('./migrations/journal/', import.meta.url))),
  serve: serveJournal,
});
