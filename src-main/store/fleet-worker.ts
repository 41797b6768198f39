import { readMigrations } from './database/migrate.ts';
import { openDatabase } from './database/open-database.ts';
import { serveFleet } from './fleet/serve-fleet.ts';
import { serveThread } from './thread/serve-thread.ts';

/** The thread of the coordinator's database. */
serveThread({
  open: (order) => openDatabase(order, readMigrations(new URL('./migrations/fleet/', import.meta.url))),
  serve: serveFleet,
});
