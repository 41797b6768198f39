import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { FromLister, ListerSettings, ToLister } from './list-protocol.ts';
import { Listing } from './listing.ts';

/** Lists folders in a thread of its own, with synchronous calls. Several listings can be open at the same time. */

/** From our own main thread, so not parsed: zod would cost each thread more memory than all the rest of it. */
const settings: ListerSettings = workerData;
const port = parentPort;
if (!port) throw new Error('list-worker runs in a worker thread only');

const open = new Map<number, Listing>();

port.on('message', (message: ToLister) => {
  if (message.type === 'close') {
    open.get(message.listing)?.close();
    open.delete(message.listing);
    return;
  }
  const listing =
    open.get(message.listing) ??
    new Listing(join(settings.root, message.path), message.path, settings.rootDevice);
  const answer = listing.next();
  if (answer.ok && !answer.value.last) open.set(message.listing, listing);
  else open.delete(message.listing);
  port.postMessage({ listing: message.listing, answer } satisfies FromLister);
});
