import { statSync } from 'node:fs';
import { join } from 'node:path';
import { failed, ok } from '../../src-shared/model/problem.ts';
import { Listing } from '../source/node-fs/listing.ts';
import { openFile } from '../source/node-fs/open-file.ts';
import { fileIdOf, timesOf } from '../source/node-fs/stat.ts';
import type { Source } from '../source/source.ts';

/** For tests: the reader through Node without its threads, which take longer to start than a small tree to list. */
export function openInlineSource(root: string): Source {
  const look = () => statSync(root, { throwIfNoEntry: false });
  const device = look()?.dev ?? -1;
  return {
    root,
    async probe() {
      const found = look();
      if (!found) return failed('source-missing', { where: root });
      return ok({
        name: '',
        nameReadable: true,
        kind: 'folder',
        size: 0,
        ...timesOf(found),
        fileId: fileIdOf(found, device),
        hidden: false,
        system: false,
        offline: false,
      });
    },
    async *list(path) {
      const listing = new Listing(join(root, path), path, device);
      for (let last = false; !last; ) {
        // As with a thread, others have their turn in between.
        await new Promise((resolve) => setImmediate(resolve));
        const answer = listing.next();
        last = !answer.ok || answer.value.last;
        yield answer.ok ? ok(answer.value.entries) : answer;
      }
    },
    open: (path) => openFile(join(root, path), path, device),
    close: () => Promise.resolve(),
  };
}
