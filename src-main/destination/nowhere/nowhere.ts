import { failed, type Problem, ProblemError } from '../../../src-shared/model/problem.ts';
import type { ChangePage, Destination, DestinationRoot } from '../destination.ts';

/**
 * The root that paths are judged by when no destination was named: the standard library of a site whose name has 24 characters,
 * which is longer than most.
 */
export const ASSUMED_ROOT: DestinationRoot = {
  id: 'nowhere',
  url: 'https://nowhere.invalid',
  path: `sites/${'x'.repeat(24)}/Shared Documents`,
  isLibraryRoot: true,
  empty: true,
};

/**
 * The destination of an assessment that has none: an empty library somewhere, which knows nothing and takes nothing.
 * Whoever writes to it has made a mistake in the program.
 */
export function openNowhere(): Destination {
  return {
    root: ASSUMED_ROOT,
    openAtOnce: 1,
    makeFolder: refuse,
    openUploads: refuse,
    resume: refuse,
    send: refuse,
    cancel: refuse,
    putEmpty: refuse,
    remove: refuse,
    move: refuse,
    dateFolders: refuse,
    setAuthors: refuse,
    find: async () => ({ ok: true, value: undefined }),
    async *children() {
      yield { ok: true, value: [] };
    },
    findById: async () => ({ ok: true, value: undefined }),
    async *download() {
      yield failed('copy-missing');
    },
    async *changes() {
      const page: ChangePage = { items: [], deleted: [], mark: 'nowhere' };
      yield { ok: true, value: page };
    },
    metrics: () => ({ requests: 0, resourceUnits: 0, retries: 0, throttledUntil: null, allowances: [] }),
    close: async () => undefined,
  };
}

async function refuse(): Promise<never> {
  const problem: Problem = { code: 'unexpected', detail: 'a write to a destination that is nowhere' };
  throw new ProblemError(problem);
}
