import { workerData } from 'node:worker_threads';
import { packing, serveListings } from '../listing-threads/serve-listings.ts';
import { FindListing } from './find-listing.ts';
import { IdListing } from './id-listing.ts';
import { below } from './paths.ts';
import { type Ways, WindowsListing } from './windows-listing.ts';

/** Lists folders in a thread of its own, with the synchronous functions of Windows. */

export interface WindowsListSettings {
  /** In the form of `namespaced`. */
  readonly root: string;
}

/** From our own main thread, so not parsed: zod would cost each thread more memory than all the rest of it. */
const settings: WindowsListSettings = workerData;

const ways: Ways = { fileIds: true };

serveListings((where) => {
  const path = below(settings.root, where);
  return packing(
    new WindowsListing(
      ways,
      () => new IdListing(path, where),
      () => new FindListing(path, where),
    ),
  );
});
