import { readMigrations } from './database/migrate.ts';
import { openDatabase } from './database/open-database.ts';
import { serveFleet } from './fleet/serve-fleet.ts';
import { serveThread } from './thread/serve-thread.ts';

const migrations = readMigrations(new URL('./migrations/fleet/', import.meta.url));

/** The thread of the coordinator's database. */
serveThread({
  open: (order) => openDatabase(order, migrations),
  serve: (database) => serveFleet(database, migrations),
});
