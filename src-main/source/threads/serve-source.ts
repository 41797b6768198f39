import { parentPort } from 'node:worker_threads';
import { ok } from '../../../src-shared/model/problem.ts';
import { GroupMemory } from './group-memory.ts';
import { pack } from './packing.ts';
import type {
  FileAnswer,
  FolderListing,
  FromThread,
  PackedListing,
  ThreadWork,
  ToThread,
} from './protocol.ts';

/**
 * What a thread of a source does: answers its main thread for as long as that lives. Several listings can be open at the
 * same time.
 */
export function serveSource(work: ThreadWork): void {
  const port = parentPort;
  if (!port) throw new Error('a source is served in a worker thread only');
  const open = new Map<number, PackedListing>();
  const post = (told: FromThread, handedOver: readonly ArrayBuffer[]): void =>
    port.postMessage(told, [...handedOver]);

  const more = (number: number, path: string): void => {
    const listing = open.get(number) ?? work.list(path);
    const { took, value: answer } = timed(() => listing.next());
    if (answer.ok && !answer.value.last) open.set(number, listing);
    else open.delete(number);
    post({ type: 'listed', listing: number, took, answer }, answer.ok ? [answer.value.packed.columns] : []);
  };

  port.on('message', (message: ToThread) => {
    switch (message.type) {
      case 'more':
        more(message.listing, message.path);
        return;
      case 'close':
        open.get(message.listing)?.close();
        open.delete(message.listing);
        return;
      case 'read': {
        const { reading, paths, limit, lent } = message;
        const memory = new GroupMemory(lent);
        const { took, value: files } = timed(() => paths.map((path) => work.read(path, limit, memory)));
        // Files can share a piece of memory.
        post({ type: 'read', reading, took, files }, [...new Set(files.flatMap(memoryOf))]);
        return;
      }
      case 'end':
        for (const listing of open.values()) listing.close();
        port.close();
    }
  });
}

function timed<T>(what: () => T): { readonly took: number; readonly value: T } {
  const since = performance.now();
  const value = what();
  return { took: performance.now() - since, value };
}

/** Bytes change hands and are not copied. */
function memoryOf(file: FileAnswer): ArrayBuffer[] {
  const buffer = file !== 'no-handle' && file.ok ? file.value?.bytes.buffer : undefined;
  return buffer instanceof ArrayBuffer ? [buffer] : [];
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
