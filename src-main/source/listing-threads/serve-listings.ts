import { parentPort } from 'node:worker_threads';
import { ok } from '../../../src-shared/model/problem.ts';
import { pack } from './packing.ts';
import type { FolderListing, FromLister, ToLister } from './protocol.ts';

/**
 * What a listing thread does: answers its main thread for as long as that lives. Several listings can be open at the
 * same time. @param start begins a listing; nothing is read before its first `next`. Paths as in `Source`.
 */
export function serveListings(start: (path: string) => FolderListing): void {
  const port = parentPort;
  if (!port) throw new Error('listings are served in a worker thread only');
  const open = new Map<number, FolderListing>();

  port.on('message', (message: ToLister) => {
    if (message.type === 'end') {
      for (const listing of open.values()) listing.close();
      port.close();
      return;
    }
    if (message.type === 'close') {
      open.get(message.listing)?.close();
      open.delete(message.listing);
      return;
    }
    const listing = open.get(message.listing) ?? start(message.path);
    const since = performance.now();
    const answer = listing.next();
    const took = performance.now() - since;
    if (answer.ok && !answer.value.last) open.set(message.listing, listing);
    else open.delete(message.listing);
    if (!answer.ok) {
      port.postMessage({ listing: message.listing, took, answer } satisfies FromLister);
      return;
    }
    const packed = pack(answer.value.entries);
    const told: FromLister = {
      listing: message.listing,
      took,
      answer: ok({ packed, last: answer.value.last }),
    };
    port.postMessage(told, [packed.numbers]);
  });
}
