import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, expect, it } from 'vitest';
import type { ResultRow } from '../../../src-shared/contract/fleet.ts';
import { noTally } from '../../../src-shared/model/counts.ts';
import { openRunResults } from '../open-run-results.ts';
import type { RunResults } from '../run-results.ts';
import { testFolder } from '../test-folder.ts';
import { SharedThreads } from './shared-threads.ts';
import { WriterThread } from './writer-thread.ts';

const UNIT = { unit: 'unit-a', generation: 1, path: '' };
const opened: RunResults[] = [];
afterEach(() => Promise.all(opened.splice(0).map((results) => results.close())));

async function open(file: string, modest = true): Promise<RunResults> {
  const results = await openRunResults({ file, now: () => 0, modest });
  if (!results.ok) throw new Error(results.problem.code);
  opened.push(results.value.results);
  return results.value.results;
}

function told(name: string): ResultRow {
  return {
    ...{ seq: 1, item: 2, parent: 1, name, kind: 'file', size: 5, modified: 0, outcome: 'copied' },
    ...{ grade: 'identical', findings: [] },
  };
}

const found = { ...noTally, files: 1, bytes: 5 };
const namesIn = async (results: RunResults): Promise<string[]> =>
  (await results.page({}, undefined, 10, true)).items.map(({ path }) => path);

it('databases that share a thread are apart, each closed when it is to be, and opened again', async () => {
  const folder = testFolder();
  const runs = Array.from({ length: 6 }, (_, no) => ({
    name: `file ${no}`,
    file: join(folder, `run-${no}.db`),
  }));
  const all = await Promise.all(runs.map(({ file }) => open(file)));
  await Promise.all(all.map((results, no) => results.take(UNIT, [told(runs[no]?.name ?? '')], found)));
  expect(await Promise.all(all.map(namesIn))).toEqual(runs.map(({ name }) => [name]));
  await all[0]?.close();
  await expect(all[0]?.counts()).rejects.toThrow('closed');
  expect((await all[1]?.counts())?.byOutcome.copied.files).toBe(1);
  await Promise.all(all.map((results) => results.close()));
  opened.length = 0;
  // All threads have ended with the last of their databases: another one is started.
  for (const [no, { file, name }] of runs.entries())
    expect(await namesIn(await open(file, no % 2 === 0))).toEqual([name]);
});

it('one that cannot be opened does the others no harm', async () => {
  const folder = testFolder();
  const results = await open(join(folder, 'run.db'));
  mkdirSync(join(folder, 'folder.db'));
  const none = await openRunResults({
    file: join(folder, 'folder.db'),
    now: () => 0,
    modest: true,
  });
  expect(none.ok).toBe(false);
  expect(await results.take(UNIT, [told('a')], found)).toBe(1);
});

it('whoever has a database in a thread that dies hears why', async () => {
  const dies =
    "require('node:worker_threads').parentPort.on('message', () => { throw new Error('out of luck'); });";
  const threads = new SharedThreads(() => new Worker(dies, { eval: true }));
  const order = { file: 'none.db', now: 0 };
  await expect(WriterThread.open(threads.port(), order)).rejects.toThrow('out of luck');
});
