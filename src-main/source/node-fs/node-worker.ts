import { join } from 'node:path';
import { workerData } from 'node:worker_threads';
import { packing, serveSource } from '../threads/serve-source.ts';
import { linuxCalls } from './linux/calls.ts';
import { LinuxListing } from './linux/linux-listing.ts';
import { Listing } from './listing.ts';
import { readWhole } from './read-whole.ts';

/** Lists folders and reads small files in a thread of its own, with synchronous calls. */

export interface ThreadSettings {
  readonly root: string;
  readonly rootDevice: number;
  /** Nothing but what Node offers on every system is to be used. */
  readonly plain: boolean;
}

/** From our own main thread, so not parsed: zod would cost each thread more memory than all the rest of it. */
const settings: ThreadSettings = workerData;

const { root, rootDevice, plain } = settings;
const calls = plain ? undefined : await linuxCalls();

serveSource({
  list: (path) =>
    calls
      ? new LinuxListing(calls, join(root, path), path, rootDevice)
      : packing(new Listing(join(root, path), path, rootDevice)),
  read: (path, limit, memory) => readWhole(join(root, path), path, { rootDevice, limit, memory }),
});
