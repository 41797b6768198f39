import { expect, it } from 'vitest';
import { emptyCounts } from '../../../src-shared/model/counts.ts';
import { failed, ok } from '../../../src-shared/model/problem.ts';
import { type OpenResults, ResultsShelf } from './results-shelf.ts';

/** Files of results that note what is done with them. */
class Cabinet {
  readonly open = new Set<string>();
  readonly live = new Set<string>();
  readonly log: string[] = [];
  /** How each page was read. */
  readonly pages: string[] = [];
  /** Pages wait for it. */
  reading = Promise.resolve();
  closing = Promise.resolve();
  readonly openResults: OpenResults = async (run) => {
    if (this.open.has(run)) throw new Error(`${run} is open already`);
    this.open.add(run);
    this.log.push(`open ${run}`);
    const used = () => {
      if (!this.open.has(run)) throw new Error(`${run} is closed`);
    };
    return ok({
      notices: [],
      results: {
        take: async () => {
          used();
          return 0;
        },
        taken: async () => {
          used();
          return 0;
        },
        counts: async () => {
          used();
          return emptyCounts();
        },
        expect: async () => used(),
        beginAnew: async () => used(),
        end: async () => used(),
        page: async (_filter, _cursor, _limit, atRest) => {
          await this.reading;
          used();
          this.pages.push(atRest === true ? 'by the writer' : 'beside the writer');
          return { items: [], cursor: null, total: 0 };
        },
        survey: async () => {
          used();
          return { items: [], next: null };
        },
        close: async () => {
          await this.closing;
          used();
          this.open.delete(run);
          this.log.push(`close ${run}`);
        },
      },
    });
  };
  readonly shelf = new ResultsShelf(
    (run, modest) => this.openResults(run, modest),
    (run) => this.live.has(run),
  );

  async take(run: string) {
    const lent = await this.shelf.of(run);
    if (!lent.ok) throw new Error(lent.problem.code);
    return lent.value.results;
  }
}

it('keeps the last two open, and all that are written', async () => {
  const cabinet = new Cabinet();
  cabinet.live.add('a');
  for (const run of ['a', 'b', 'c', 'd', 'c', 'e']) await cabinet.take(run);
  expect([...cabinet.open].sort()).toEqual(['a', 'c', 'e']);
  cabinet.live.clear();
  await cabinet.take('e');
  expect([...cabinet.open].sort()).toEqual(['c', 'e']);
  await cabinet.shelf.close();
  expect(cabinet.open.size).toBe(0);
});

it('lends what stays good while others are wanted more', async () => {
  const cabinet = new Cabinet();
  const report = await cabinet.take('a');
  for (const run of ['b', 'c', 'd']) await cabinet.take(run);
  expect(cabinet.open.has('a')).toBe(false);
  expect(await report.page({}, undefined, 10)).toMatchObject({ cursor: null });
  expect(cabinet.log.filter((line) => line.endsWith(' a'))).toEqual(['open a', 'close a', 'open a']);
});

it('closes nothing that is being read', async () => {
  const cabinet = new Cabinet();
  const report = await cabinet.take('a');
  const { promise, resolve } = Promise.withResolvers<void>();
  cabinet.reading = promise;
  const page = report.page({}, undefined, 10);
  for (const run of ['b', 'c', 'd']) await cabinet.take(run);
  expect(cabinet.open.has('a')).toBe(true);
  resolve();
  await page;
  expect([...cabinet.open].sort()).toEqual(['c', 'd']);
});

it('opens a file again only when it has been closed', async () => {
  const cabinet = new Cabinet();
  for (const run of ['a', 'b']) await cabinet.take(run);
  const { promise, resolve } = Promise.withResolvers<void>();
  cabinet.closing = promise;
  const third = cabinet.take('c');
  const again = cabinet.take('a');
  resolve();
  await Promise.all([third, again]);
  expect(cabinet.open.has('a')).toBe(true);
});

it('tries again what could not be opened', async () => {
  const cabinet = new Cabinet();
  let left = 2;
  const shelf = new ResultsShelf(
    async (run) => {
      left -= 1;
      if (left === 1) return failed('store-in-use');
      if (left === 0) throw new Error('a mistake');
      return cabinet.openResults(run, false);
    },
    () => false,
  );
  expect(await shelf.of('a')).toMatchObject({ problem: { code: 'store-in-use' } });
  await expect(shelf.of('a')).rejects.toThrow('a mistake');
  expect(await shelf.of('a')).toMatchObject({ ok: true });
});

it('lets a thread of its own read as long as results are written, and whoever wrote them after that', async () => {
  const cabinet = new Cabinet();
  cabinet.live.add('run');
  const results = await cabinet.shelf.lend('run');
  await results.page({}, undefined, 10);
  cabinet.live.delete('run');
  await results.page({}, undefined, 10);
  expect(cabinet.pages).toEqual(['beside the writer', 'by the writer']);
  await cabinet.shelf.close();
});
