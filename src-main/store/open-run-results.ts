import { Worker } from 'node:worker_threads';
import type { ItemRow } from '../../src-shared/contract/console-types.ts';
import { ok, type Problem, ProblemError, type Result } from '../../src-shared/model/problem.ts';
import { closeAll } from '../basics/close-all.ts';
import { packResults, plainOf } from './pack-results.ts';
import type { PagesProcedures } from './results/pages.ts';
import type { ResultsProcedures } from './results/taking.ts';
import type { RunResults } from './run-results.ts';
import type { Answering, OpenOrder } from './thread/procedures.ts';
import { SharedThreads } from './thread/shared-threads.ts';
import { threadLimits } from './thread/thread-limits.ts';
import { ThreadOnDemand } from './thread/thread-on-demand.ts';
import { WriterThread } from './thread/writer-thread.ts';

export interface RunResultsOrder {
  /** `runs/<run>.db` */
  readonly file: string;
  readonly now: () => number;
  readonly maxPages?: number | undefined;
  /** One of many that are open: it shares a thread with others. */
  readonly modest?: boolean | undefined;
}

const shared = new SharedThreads(
  () => new Worker(new URL('./several-results-worker.ts', import.meta.url), threadLimits),
);

/**
 * Opens the results of a run, or begins them. Codes: store-newer, store-in-use, store-unusable, store-disk-full,
 * store-corrupt. A notice with store-corrupt says that what was known of the run was damaged and is kept aside: what
 * units tell from now on is taken, and the sums of this run will not add up.
 *
 * The methods reject with a ProblemError for what is foreseen (store-disk-full, store-corrupt, bad-request).
 */
export async function openRunResults(
  order: RunResultsOrder,
): Promise<Result<{ readonly results: RunResults; readonly notices: readonly Problem[] }>> {
  const { file, maxPages, modest = false } = order;
  const thread = modest
    ? shared.port()
    : new Worker(new URL('./run-results-worker.ts', import.meta.url), threadLimits);
  const writer = await WriterThread.open<ResultsProcedures & PagesProcedures>(thread, {
    file,
    maxPages,
    now: order.now(),
  });
  if (!writer.ok) return writer;
  const { thread: own, notices } = writer.value;
  const reader = new ThreadOnDemand(() => openReader({ file, now: order.now() }));
  return ok({ results: resultsOver(own, reader), notices });
}

async function openReader(order: OpenOrder): Promise<WriterThread<PagesProcedures>> {
  const worker = new Worker(new URL('./run-pages-worker.ts', import.meta.url), threadLimits);
  const reader = await WriterThread.open<PagesProcedures>(worker, order);
  if (!reader.ok) throw new ProblemError(reader.problem);
  return reader.value.thread;
}

/** @param reader of its pages while results are written, started when it is asked for the first time */
export function resultsOver(
  writer: Answering<ResultsProcedures & PagesProcedures>,
  reader: { get(): Promise<Pick<Answering<PagesProcedures>, 'call'>>; close(): Promise<void> },
): RunResults {
  return {
    take: (of, rows, found) => writer.call('take', of, packResults(rows.map(plainOf)), found),
    taken: (of) => writer.call('taken', of),
    expect: (units) => writer.call('expect', units),
    beginAnew: (of) => writer.call('beginAnew', of),
    end: (of, how) => writer.call('end', of, how),
    counts: () => writer.call('counts'),
    async page(filter, cursor, limit, atRest = false) {
      const items: ItemRow[] = [];
      let after: number | null = readCursor(cursor);
      const pages = atRest ? writer : await reader.get();
      while (after !== null && items.length < limit) {
        const step: { items: readonly ItemRow[]; next: number | null } = await pages.call(
          'step',
          filter,
          after,
          limit - items.length,
        );
        items.push(...step.items);
        after = step.next;
      }
      return {
        items,
        cursor: after === null ? null : String(after),
        total: await pages.call('total', filter),
      };
    },
    survey: async (after, limit, atRest = false) =>
      (atRest ? writer : await reader.get()).call('survey', after, limit),
    // The reader first: the last to close a database is the one that tidies its log away, and must be able to write.
    close: () => closeAll([() => reader.close(), () => writer.close()]),
  };
}

function readCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const after = /^\d{1,16}$/.test(cursor) ? Number(cursor) : Number.NaN;
  if (Number.isSafeInteger(after)) return after;
  throw new ProblemError({ code: 'bad-request', detail: 'a cursor that no page has given' });
}
