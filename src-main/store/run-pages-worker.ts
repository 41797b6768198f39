import { openReader } from './database/open-database.ts';
import { servePages } from './results/pages.ts';
import { serveThread } from './thread/serve-thread.ts';

/** The thread that reads pages of the results of one run, while they are being written. */
serveThread({
  open: (order) => ({ database: openReader(order.file), notices: [] }),
  serve: servePages,
});
