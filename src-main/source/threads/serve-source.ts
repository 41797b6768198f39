import { parentPort } from 'node:worker_threads';
import { ok } from '../../../src-shared/model/problem.ts';
import { pack } from './packing.ts';
import type { FolderListing, FromLister, PackedListing, ToLister } from './protocol.ts';

/**
 * What a listing thread does: answers its main thread for as long as that lives. Several listings can be open at the
 * same time. @param start begins a listing; nothing is read before its first `next`. Paths as in `Source`.
 */
export function serveListings(start: (path: string) => PackedListing): void {
  const port = parentPort;
  if (!port) throw new Error('listings are served in a worker thread only');
  const open = new Map<number, PackedListing>();

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
    const told: FromLister = { listing: message.listing, took, answer };
    port.postMessage(told, answer.ok ? [answer.value.packed.columns] : []);
  });
}

/** A listing of entries, packed. */
export function packing(listing: FolderListing): PackedListing {
  return {
    next: () => {
      const answer = listing.next();
      if (!answer.ok) return answer;
      return ok({ packed: pack(answer.value.entries), last: answer.value.last });
    },
    close: () => listing.close(),
  };
}
