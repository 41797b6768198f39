import { expect, test } from 'vitest';
import type { FleetEvent, ItemRow, TaskRow } from '../../../src-shared/contract/console-types.ts';
import { type Counts, emptyCounts } from '../../../src-shared/model/counts.ts';
import { ProblemError } from '../../../src-shared/model/problem.ts';
import { defaultSettings } from '../../../src-shared/model/settings.ts';
import { noUsage } from '../../../src-shared/model/usage.ts';
import { type ExportKind, exportKinds, projectExports } from './exports.ts';
import { Project, type ProjectConsole, type ProjectPart } from './project.ts';

const NOW = Date.UTC(2026, 10, 28, 12);
const HOUR = 3_600_000;

/** A row of the list; `task-a` has two runs, `task-b` none. */
function taskRow(id: string, last: boolean): TaskRow {
  return {
    task: {
      ...{ id, name: `Task ${id}`, settings: defaultSettings, createdAt: NOW },
      source: '\\\\server\\share\\',
      destination: 'https://contoso.sharepoint.com/sites/a/Shared Documents/',
    },
    ...{
      archivedAt: null,
      state: last ? 'complete-with-issues' : 'ready',
      reason: null,
      counts: emptyCounts(),
    },
    run: last ? runOf(1) : null,
    ...{ live: null, progress: null, progressFell: null, sample: null, eta: null },
    issues: { errors: 1, warnings: 0 },
  };
}

function runOf(number: number): NonNullable<TaskRow['run']> {
  const state = 'complete-with-issues';
  return {
    id: `run-${number}`,
    task: 'task-a',
    number,
    state,
    startedAt: NOW,
    endedAt: NOW + HOUR,
    problem: null,
  };
}

const tally = (files: number, folders: number, bytes: number) => ({ files, folders, others: 0, bytes });
const counts: Counts = {
  ...emptyCounts(),
  found: tally(10, 2, 10e9),
  byOutcome: {
    ...emptyCounts().byOutcome,
    copied: tally(4, 1, 4e9),
    present: tally(2, 1, 2e9),
    'left-out': tally(1, 0, 1e9),
    failed: tally(2, 0, 2e9),
  },
  byCode: { 'path-too-long': { items: 2, bytes: 2e9 } },
};

const failedItem: ItemRow = {
  ...{ item: 7, path: 'sub/Plan.v2.xlsx', kind: 'file', size: 1e9, modified: NOW, outcome: 'failed' },
  ...{ grade: null, destinationName: 'Plan.xlsx', findings: [{ code: 'path-too-long', detail: '412' }] },
};

const event: FleetEvent = {
  ...{ id: 1, at: NOW, task: 'task-a', actor: 'you', problem: null },
  facts: { kind: 'run-started', name: 'Task task-a', run: 1 },
};

/** Stands in for a coordinator with two tasks, on pages of one task. */
function standIn(broken = false): ProjectConsole {
  const rows = [taskRow('task-a', true), taskRow('task-b', false)];
  return {
    tasks: {
      list: async ({ cursor }) => {
        const at = Number(cursor ?? 0);
        return { tasks: rows.slice(at, at + 1), cursor: at + 1 < rows.length ? String(at + 1) : null };
      },
      runs: async ({ task }) =>
        task === 'task-a'
          ? [1, 0].map((number) => ({ run: runOf(number), counts, usage: { ...noUsage, workedMs: HOUR } }))
          : [],
      pace: async () => [
        { at: NOW, ms: 60_000, items: 120, bytes: 6e6, resourceUnits: 9, waits: { sending: 5 } },
      ],
    },
    items: {
      page: async ({ filter }) =>
        broken
          ? { ok: false, problem: { code: 'store-unusable' } }
          : {
              ok: true,
              value: {
                items: filter.code === undefined || filter.code === 'path-too-long' ? [failedItem] : [],
                ...{ cursor: null, total: null },
              },
            },
    },
    events: { page: async ({ before }) => (before === undefined ? [event, { ...event, task: null }] : []) },
  };
}

async function rowsOf(kind: ExportKind, part: ProjectPart = { allRuns: false }, broken = false) {
  const { columns, rows } = projectExports[kind].table(new Project(standIn(broken), part));
  const read: Record<string, unknown>[] = [];
  for await (const row of rows) {
    expect(row).toHaveLength(columns.length);
    read.push(Object.fromEntries(columns.map((column, index) => [column, row[index]])));
  }
  return read;
}

test.each(exportKinds)('%s has rows, and each column another name', async (kind) => {
  const { columns } = projectExports[kind].table(new Project(standIn(), { allRuns: false }));
  expect(new Set(columns).size).toBe(columns.length);
  expect((await rowsOf(kind)).length).toBeGreaterThan(0);
});

test('a task that never ran has a row without figures', async () => {
  const [a, b] = await rowsOf('tasks');
  expect(a).toMatchObject({
    'task id': 'task-a',
    run: 1,
    'found files': 10,
    'left items': 1,
    'left bytes': 1e9,
  });
  expect(b).toMatchObject({ 'task id': 'task-b', state: 'ready', run: null, 'found files': null });
});

test("Migration Manager's columns: what was there counts as migrated, what is missing is not left unsaid", async () => {
  const [row] = await rowsOf('migration-manager');
  expect(row).toMatchObject({
    ...{ Status: 'Completed with issues', 'Total scanned items': 12, 'Total to be migrated items': 11 },
    ...{ 'Migrated items': 8, 'Items not migrated': 3, 'Total GB': 10, 'Migrated GB': 6 },
    'Duration (min)': 60,
  });
});

test("SPMT's columns: rounds by themselves, paths as each end writes them", async () => {
  const rounds = await rowsOf('spmt-summary', { allRuns: true });
  expect(rounds.map((row) => row['Round number'])).toEqual([1, 0]);
  expect(rounds[0]).toMatchObject({
    ...{ 'Total to be migrated in current round': 8, 'Migrated items in current round': 5 },
    ...{ 'Items not migrated in current round': 3, 'GB/hour': 4 },
  });
  expect(await rowsOf('spmt-failures')).toMatchObject([
    {
      Source: '\\\\server\\share\\sub\\Plan.v2.xlsx',
      Destination: 'https://contoso.sharepoint.com/sites/a/Shared Documents/sub/Plan.xlsx',
      ...{ 'File name': 'Plan.v2.xlsx', Extension: '.xlsx', Status: 'Failed', 'Error code': 'path-too-long' },
    },
  ]);
});

test('only what concerns the tasks that are named', async () => {
  const part = { tasks: new Set(['task-b']), allRuns: true };
  expect(await rowsOf('tasks', part)).toHaveLength(1);
  expect(await rowsOf('runs', part)).toEqual([]);
  expect(await rowsOf('audit', part)).toEqual([]);
  expect(await rowsOf('audit', { tasks: new Set(['task-a']), allRuns: true })).toHaveLength(1);
});

test('how fast it was is said by the minute, with what limited it', async () => {
  expect(await rowsOf('performance')).toMatchObject([
    { seconds: 60, 'items a second': 2, 'bytes a second': 1e5, 'limited by': 'network' },
  ]);
});

test('results that cannot be read are told, and no empty list', async () => {
  await expect(rowsOf('items', { allRuns: false }, true)).rejects.toThrow(ProblemError);
});
