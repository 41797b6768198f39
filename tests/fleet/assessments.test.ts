import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createMachine, type Machine } from '../../src-main/machine.ts';
import { generateShare } from '../../src-practice/share/share.ts';
import type { AssessmentView } from '../../src-shared/contract/assessments.ts';
import type { ItemRow, TaskRow } from '../../src-shared/contract/console-types.ts';
import { publicClouds } from '../../src-shared/model/cloud.ts';
import { isEnded } from '../../src-shared/model/run.ts';
import type { FolderNode } from '../../src-shared/survey/folder-tree.ts';
import { columnPictures, type Picks, queryOf } from '../../src-shared/survey/picks.ts';
import { readinessStates } from '../../src-shared/survey/survey.ts';

/** A machine without anybody signed in, a share with everything that is odd, and what a screen asks about it. */

let folder: string;
let source: string;
let machine: Machine;
let client: ReturnType<typeof clientOf>;

function clientOf(of: Machine) {
  return createRouterClient(of.console);
}

async function open(): Promise<void> {
  const made = await createMachine({
    ...{ dataFolder: join(folder, 'data'), cloud: publicClouds.global, signIn: undefined },
    ...{ now: Date.now, random: Math.random, version: '1.2.3', machineName: 'PC-7' },
    onBug: (error) => {
      throw error;
    },
  });
  if (!made.ok) throw new Error(made.problem.code);
  machine = made.value;
  machine.start();
  client = clientOf(machine);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convoy-assessments-'));
  source = join(folder, 'share');
  await generateShare({
    directory: source,
    seed: 'assess',
    files: 300,
    totalBytes: 6_000_000,
    now: Date.now(),
  });
  await open();
}, 120_000);
afterAll(async () => {
  await machine?.close();
  await rm(folder, { recursive: true });
});

const ended = async (task: string): Promise<TaskRow> => {
  for await (const row of await client.tasks.watch({ task })) {
    if (!row.ok) throw new Error(row.problem.code);
    if (row.value.state !== 'ready' && isEnded(row.value.state)) return row.value;
  }
  throw new Error('the machine closed');
};

const startedAndEnded = async (): Promise<TaskRow> => {
  const started = await client.assessments.start({ source });
  if (!started.ok) throw new Error(`${started.problem.code} ${started.problem.detail}`);
  return ended(started.value.task.id);
};

const runOf = ({ run }: TaskRow): string => run?.id ?? 'none';

async function views(run: string): Promise<AssessmentView[]> {
  const seen: AssessmentView[] = [];
  for await (const view of await client.assessments.watch({ run })) {
    if (!view.ok) throw new Error(view.problem.code);
    seen.push(view.value);
  }
  return seen;
}

async function ready(run: string) {
  const last = (await views(run)).at(-1);
  if (last?.state !== 'ready') throw new Error('no figures');
  return last;
}

async function itemsOf(run: string, filter: ReturnType<typeof queryOf>, limit: number): Promise<ItemRow[]> {
  const items: ItemRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.items.page({ run, filter, limit, ...(cursor === undefined ? {} : { cursor }) });
    if (!page.ok) throw new Error(page.problem.code);
    items.push(...page.value.items);
    cursor = page.value.cursor ?? undefined;
  } while (cursor !== undefined);
  return items;
}

const sumOf = (items: readonly ItemRow[]) => ({
  files: items.filter(({ kind }) => kind === 'file').length,
  bytes: items.reduce((sum, { kind, size }) => sum + (kind === 'file' ? size : 0), 0),
});

describe('an assessment on the screen', () => {
  it('begins once for a source, is listed, and its pictures count exactly the items that they are filters of', async () => {
    const row = await startedAndEnded();
    expect(row.task).toMatchObject({ destination: 'none', settings: { dryRun: true } });
    const list = await client.assessments.list({ limit: 10 });
    expect(list).toMatchObject({ assessments: [{ task: { id: row.task.id } }], cursor: null });

    const run = runOf(row);
    const { figures, renames, problem } = await ready(run);
    expect(problem).toBeNull();
    expect(figures.findings['name-changed']?.items).toBeGreaterThan(0);
    const check = async (picks: Picks, expected: { readonly files: number; readonly bytes: number }) => {
      const items = await itemsOf(run, queryOf(picks, figures), 37);
      expect(sumOf(items), JSON.stringify(picks)).toEqual({ files: expected.files, bytes: expected.bytes });
    };
    for (const picture of columnPictures) {
      expect(figures[picture].filter(({ files }) => files > 0).length, picture).toBeGreaterThan(1);
      for (const [at, bin] of figures[picture].entries()) await check({ [picture]: at }, bin);
    }
    for (const state of readinessStates) await check({ ready: state }, figures.readiness[state]);
    for (const type of figures.types) await check({ type: type.extension }, type);
    const everyFolder = async (node: FolderNode, path: string): Promise<void> => {
      await check(path === '' ? {} : { below: path }, node);
      for (const child of node.folders)
        await everyFolder(child, path === '' ? child.name : `${path}/${child.name}`);
    };
    await everyFolder(figures.tree, '');
    const two = await itemsOf(run, queryOf({ sizes: 3, depths: 2 }, figures), 500);
    expect(two.length).toBeGreaterThan(0);
    for (const { path, size } of two) {
      expect([path.split('/').length, size >= 10_000 && size < 100_000]).toEqual([3, true]);
    }
    expect(renames).toBeGreaterThan(5);
  }, 120_000);

  it('keeps its figures over a restart, and another run of it takes the same task', async () => {
    const before = await startedAndEnded();
    const { figures } = await ready(runOf(before));
    await machine.close();
    await open();
    expect((await ready(runOf(before))).figures).toEqual(figures);
    const again = await startedAndEnded();
    expect(again.task.id).toBe(before.task.id);
    expect(again.run?.number).toBe((before.run?.number ?? 0) + 1);
  }, 120_000);

  it('has no figures of what goes on, of what copies, and of what nobody knows', async () => {
    const codeOf = async (run: string) => {
      for await (const view of await client.assessments.watch({ run }))
        return view.ok ? 'ok' : view.problem.code;
      return 'nothing';
    };
    expect(await codeOf('run-none')).toBe('not-found');
    expect(await client.assessments.start({ source: join(folder, 'not there') })).toMatchObject({
      problem: { code: 'source-missing' },
    });
  });

  it('takes a name of a person into the plan, checks it, gives it back, and applies it when it runs again', async () => {
    const row = await startedAndEnded();
    const plan = async () => {
      const page = await client.assessments.renames({ run: runOf(row), limit: 500 });
      if (!page.ok) throw new Error(page.problem.code);
      return page.value;
    };
    const { items, total } = await plan();
    expect(items).toHaveLength(total ?? -1);
    const item = items.find(({ kind, code }) => kind === 'file' && code === 'name-changed');
    if (item === undefined) throw new Error('no name was changed');
    const { path } = item;
    const task = row.task.id;
    const rename = (name: string | null) => client.assessments.rename({ task, path, kind: 'file', name });
    for (const bad of ['a:b.txt', '', ' x', `${'x'.repeat(300)}.txt`]) {
      expect(await rename(bad), bad).toMatchObject({ problem: { code: 'renames-invalid' } });
    }
    expect(await rename('chosen by hand.txt')).toMatchObject({
      ok: true,
      value: { given: 'chosen by hand.txt' },
    });
    expect((await plan()).items.find((one) => one.path === path)?.given).toBe('chosen by hand.txt');
    const folderOf = path.slice(0, path.lastIndexOf('/') + 1);
    const beside = {
      task,
      path: `${folderOf}somebody else.txt`,
      kind: 'file',
      name: 'CHOSEN by hand.txt',
    } as const;
    expect(await client.assessments.rename(beside)).toMatchObject({
      problem: { code: 'renames-invalid', detail: expect.stringContaining(path) },
    });

    let csv = '';
    let cursor: string | null | undefined;
    do {
      const piece = await client.assessments.renamesCsv({ run: runOf(row), ...(cursor ? { cursor } : {}) });
      if (!piece.ok) throw new Error(piece.problem.code);
      csv += piece.value.text;
      cursor = piece.value.cursor;
    } while (cursor !== null);
    const rows = z.array(z.record(z.string(), z.string())).parse(parse(csv, { bom: true, columns: true }));
    expect(rows).toHaveLength(items.length);
    expect(rows.find((one) => one['path'] === path)?.['name after']).toBe('chosen by hand.txt');

    const again = await startedAndEnded();
    const [applied] = (await itemsOf(runOf(again), { code: 'name-changed' }, 500)).filter(
      (one) => one.path === path,
    );
    expect(applied?.destinationName).toBe('chosen by hand.txt');
    expect(await rename(null)).toMatchObject({ ok: true, value: { given: null } });
  }, 120_000);

  it('hands the names that were given on to a task of a folder in its source', async () => {
    const row = await startedAndEnded();
    const page = await client.assessments.renames({ run: runOf(row), limit: 500 });
    if (!page.ok) throw new Error(page.problem.code);
    const item = page.value.items.find(
      ({ kind, code, path }) => kind === 'file' && code === 'name-changed' && path.includes('/'),
    );
    if (item === undefined) throw new Error('no name of a folder was changed');
    const { path } = item;
    await client.assessments.rename({ task: row.task.id, path, kind: 'file', name: 'handed on.txt' });
    const [top = '', ...rest] = path.split('/');
    const made = (namesOf: string) =>
      client.tasks.create({
        ...{ source: join(source, top), destination: 'none', settings: { dryRun: true } },
        namesOf,
      });
    expect(await made('task-none')).toMatchObject({ problem: { code: 'not-found' } });
    const task = await made(row.task.id);
    if (!task.ok) throw new Error(task.problem.code);
    await client.tasks.order({ task: task.value.id, order: 'start' });
    const items = await itemsOf(runOf(await ended(task.value.id)), { code: 'name-changed' }, 500);
    const own = items.find((one) => one.path === rest.join('/'));
    expect(own?.destinationName).toBe('handed on.txt');
  }, 120_000);

  it('refuses a cursor that it has not given', async () => {
    const row = await startedAndEnded();
    expect(await client.assessments.renames({ run: runOf(row), cursor: 'x', limit: 5 })).toMatchObject({
      problem: { code: 'bad-request' },
    });
  }, 120_000);
});
