import { workerData } from 'node:worker_threads';
import { packing, serveSource } from '../threads/serve-source.ts';
import { FindListing } from './find-listing.ts';
import { IdListing } from './id-listing.ts';
import { below } from './paths.ts';
import { readWhole } from './read-whole.ts';
import { type Ways, WindowsListing } from './windows-listing.ts';

/** Lists folders and reads small files in a thread of its own, with the synchronous functions of Windows. */

export interface WindowsThreadSettings {
  /** In the form of `namespaced`. */
  readonly root: string;
}

/** From our own main thread, so not parsed: zod would cost each thread more memory than all the rest of it. */
const settings: WindowsThreadSettings = workerData;

const ways: Ways = { fileIds: true };

serveSource({
  list: (where) => {
    const path = below(settings.root, where);
    return packing(
      new WindowsListing(
        ways,
        () => new IdListing(path, where),
        () => new FindListing(path, where),
      ),
    );
  },
  read: (where, limit, memory) => readWhole(below(settings.root, where), where, limit, memory),
});
