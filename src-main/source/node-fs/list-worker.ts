import { join } from 'node:path';
import { workerData } from 'node:worker_threads';
import { serveListings } from '../listing-threads/serve-listings.ts';
import { Listing } from './listing.ts';

/** Lists folders in a thread of its own, through Node's synchronous calls. */

export interface ListSettings {
  readonly root: string;
  readonly rootDevice: number;
}

/** From our own main thread, so not parsed: zod would cost each thread more memory than all the rest of it. */
const settings: ListSettings = workerData;

serveListings((path) => new Listing(join(settings.root, path), path, settings.rootDevice));
