import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { defaultSettings } from '../../src-shared/model/settings.ts';
import type { Run, Task } from '../../src-shared/model/task.ts';
import { noUsage } from '../../src-shared/model/usage.ts';
import type { FleetStore, TaskShelf, Unit } from './fleet-store.ts';
import { openFleetStore } from './open-fleet-store.ts';
import { need, testFolder } from './test-folder.ts';

async function open(file: string): Promise<FleetStore> {
  const { store } = need(await openFleetStore({ file, now: () => 0 }));
  onTestFinished(() => store.close());
  return store;
}

function task(id: string): Task {
  return {
    id,
    name: `Task ${id}`,
    source: '/share',
    destination: 'https://x.example/',
    settings: defaultSettings,
    createdAt: 1,
  };
}

function run(id: string, of: string, number: number): Run {
  return { id, task: of, number, state: 'waiting', startedAt: number, endedAt: null, problem: null };
}

function unit(id: string, of: string): Unit {
  return {
    ...{ id, run: of, path: '', epoch: 1, generation: 1, offersTaken: 0 },
    ...{ holder: null, leaseUntil: null, state: 'free', failures: [], usage: noUsage },
  };
}

describe('the fleet database', () => {
  it('keeps what a run did by the minute for a day, by ten minutes before that, and loses none of it', async () => {
    const file = join(testFolder(), 'fleet.db');
    const store = await open(file);
    await store.addTask(task('task-a'));
    await store.addRun(run('run-1', 'task-a', 0), unit('unit-1', 'run-1'));
    const minutes = 26 * 60;
    const waits = { sending: 40_000, throttled: 20_000 };
    for (let n = 0; n < minutes; n += 1)
      await store.addPace('run-1', {
        at: n * 60_000,
        ms: 60_000,
        items: 3,
        bytes: 7,
        resourceUnits: 2,
        waits,
      });
    // The clock was set back.
    await store.addPace('run-1', {
      at: 1_500 * 60_000,
      ms: 1_000,
      items: 1,
      bytes: 1,
      resourceUnits: 1,
      waits: {},
    });
    await store.close();

    const rows = await (await open(file)).pace('run-1');
    const sum = (of: 'items' | 'bytes' | 'ms') => rows.reduce((total, row) => total + row[of], 0);
    expect([sum('items'), sum('bytes'), sum('ms')]).toEqual([
      minutes * 3 + 1,
      minutes * 7 + 1,
      minutes * 60_000 + 1_000,
    ]);
    expect(rows[0]).toMatchObject({ at: 0, ms: 600_000, waits: { sending: 400_000, throttled: 200_000 } });
    expect(rows.filter(({ ms }) => ms === 600_000)).toHaveLength(11);
    expect(rows.length).toBeLessThan(11 + 24 * 60 + 12);
  });

  it('keeps tasks, runs, units and machines over a restart', async () => {
    const file = join(testFolder(), 'fleet.db');
    const store = await open(file);
    for (const id of ['task-a', 'task-b', 'task-c']) await store.addTask(task(id));
    await store.addRun(run('run-1', 'task-a', 0), unit('unit-1', 'run-1'));
    await store.addRun(run('run-2', 'task-a', 1), unit('unit-2', 'run-2'));
    await store.setRunState('run-1', 'running', {});
    await store.setRunState('run-1', 'failed', {
      endedAt: 9,
      problem: { code: 'quota-full', where: 'there', retryAt: 3 },
    });
    const held: Unit = {
      ...unit('unit-2', 'run-2'),
      epoch: 2,
      holder: 'machine-1',
      leaseUntil: 30,
      state: 'held',
    };
    await store.saveUnits({ units: [held], facts: { run: 'run-2', text: '{}' } });
    await store.saveMachine({ id: 'machine-1', name: 'old', firstSeen: 1, lastSeen: 1 });
    await store.saveMachine({ id: 'machine-1', name: 'new', firstSeen: 1, lastSeen: 2 });
    await store.saveSetting('key', 'one');
    await store.saveSetting('key', 'two');
    await store.close();

    const again = await open(file);
    expect(await again.task('task-a')).toEqual({ ...task('task-a'), archivedAt: null });
    expect(await again.task('none')).toBeUndefined();
    expect((await again.tasks({ limit: 2, shelf: 'all' })).map(({ id }) => id)).toEqual(['task-c', 'task-b']);
    expect((await again.tasks({ limit: 2, before: 'task-b', shelf: 'all' })).map(({ id }) => id)).toEqual([
      'task-a',
    ]);
    expect((await again.runs('task-a')).map(({ id }) => id)).toEqual(['run-2', 'run-1']);
    expect(await again.run('run-1')).toEqual({
      ...run('run-1', 'task-a', 0),
      state: 'failed',
      endedAt: 9,
      problem: { code: 'quota-full', where: 'there' },
    });
    expect((await again.lastRuns(['task-a', 'task-b'])).map(({ id }) => id)).toEqual(['run-2']);
    expect(await again.units('run-2', { after: undefined, limit: 9 })).toEqual([held]);
    expect(await again.runFacts(['run-1', 'run-2'])).toEqual([{ run: 'run-2', text: '{}' }]);
    expect(await again.machines()).toEqual([{ id: 'machine-1', name: 'new', firstSeen: 1, lastSeen: 2 }]);
    expect(await again.setting('key')).toBe('two');
    expect(await again.setting('none')).toBeUndefined();
  });

  it('puts tasks away with everything, and brings them back', async () => {
    const file = join(testFolder(), 'fleet.db');
    const store = await open(file);
    for (const id of ['task-a', 'task-b', 'task-c', 'task-d']) await store.addTask(task(id));
    await store.addRun(run('run-1', 'task-b', 0), unit('unit-1', 'run-1'));
    for (const id of ['task-b', 'task-c']) await store.setArchived(id, 77);
    await store.setArchived('task-c', null);
    await store.close();

    const again = await open(file);
    const ids = async (shelf: TaskShelf, before?: string) =>
      (await again.tasks({ shelf, before, limit: 2 })).map(({ id }) => id);
    expect(await ids('present')).toEqual(['task-d', 'task-c']);
    expect(await ids('present', 'task-c')).toEqual(['task-a']);
    expect(await ids('archived')).toEqual(['task-b']);
    expect(await ids('all', 'task-c')).toEqual(['task-b', 'task-a']);
    expect(await again.task('task-b')).toEqual({ ...task('task-b'), archivedAt: 77 });
    expect((await again.runs('task-b')).map(({ id }) => id)).toEqual(['run-1']);
    await expect(again.setArchived('none', 1)).rejects.toMatchObject({ problem: { code: 'not-found' } });
  });

  it('takes over a database of the first version: tasks as they are, sentences as sentences', async () => {
    const file = join(testFolder(), 'fleet.db');
    const old = new Database(file);
    const first = new URL('./migrations/fleet/0001-fleet.sql', import.meta.url);
    old.exec(readFileSync(first, 'utf8'));
    old.pragma('user_version = 1');
    const { id, name, source, destination, settings, createdAt } = task('task-a');
    old
      .prepare(
        'INSERT INTO task (id, name, source, destination, settings, created_at) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(id, name, source, destination, JSON.stringify(settings), createdAt);
    const add = old.prepare(
      'INSERT INTO event (at, kind, task, actor, text, problem) VALUES (?, ?, ?, ?, ?, ?)',
    );
    add.run(1, 'machine-joined', null, 'PC', 'PC is "here"', null);
    add.run(2, 'run-ended', 'task-a', 'coordinator', 'It failed', '{"code":"quota-full"}');
    old.close();

    const store = await open(file);
    expect(await store.task('task-a')).toEqual({ ...task('task-a'), archivedAt: null });
    expect(await store.events({ limit: 9 })).toEqual([
      {
        id: 2,
        at: 2,
        task: 'task-a',
        actor: 'coordinator',
        facts: { kind: 'told', text: 'It failed' },
        problem: { code: 'quota-full' },
      },
      { id: 1, at: 1, task: null, actor: 'PC', facts: { kind: 'told', text: 'PC is "here"' }, problem: null },
    ]);
    await store.addEvent({
      at: 3,
      task: 'task-a',
      actor: 'you',
      facts: { kind: 'backup-failed' },
      problem: null,
    });
    expect((await store.events({ limit: 9, task: 'task-a' })).map(({ id }) => id)).toEqual([3, 2]);
  });

  it('writes a run and its unit together or not at all', async () => {
    const store = await open(join(testFolder(), 'fleet.db'));
    await store.addTask(task('task-a'));
    await store.addRun(run('run-1', 'task-a', 0), unit('unit-1', 'run-1'));
    await expect(store.addRun(run('run-2', 'task-a', 1), unit('unit-2', 'no-run'))).rejects.toThrow(
      /FOREIGN KEY/,
    );
    expect((await store.runs('task-a')).map(({ id }) => id)).toEqual(['run-1']);
    await expect(store.setRunState('no-run', 'running', {})).rejects.toMatchObject({
      problem: { code: 'not-found' },
    });
  });

  it('tells events newest first, of all or of one task', async () => {
    const store = await open(join(testFolder(), 'fleet.db'));
    for (let n = 1; n <= 5; n++) {
      const problem = n === 5 ? { code: 'throttled' as const, retryAt: 7 } : null;
      await store.addEvent({
        at: n,
        task: n % 2 ? 'task-a' : null,
        actor: 'me',
        facts: { kind: 'machine-joined', machine: `event ${n}` },
        problem,
      });
    }
    expect((await store.events({ limit: 2 })).map(({ id }) => id)).toEqual([5, 4]);
    expect((await store.events({ limit: 9, before: 4 })).map(({ id }) => id)).toEqual([3, 2, 1]);
    const [last, ...more] = await store.events({ limit: 9, task: 'task-a' });
    expect(last).toEqual({
      id: 5,
      at: 5,
      task: 'task-a',
      actor: 'me',
      facts: { kind: 'machine-joined', machine: 'event 5' },
      problem: { code: 'throttled', retryAt: 7 },
    });
    expect(more.map(({ id }) => id)).toEqual([3, 1]);
  });

  it('is backed up while it is in use and when it is closed, and comes back from there', async () => {
    const file = join(testFolder(), 'fleet.db');
    const store = await open(file);
    await store.addTask(task('task-a'));
    await Promise.all([store.backUp(), store.addTask(task('task-b')), store.backUp()]);
    expect(existsSync(`${file}.backup`)).toBe(true);
    await store.addTask(task('task-c'));
    await store.close();
    writeFileSync(file, 'no database '.repeat(500));
    const { store: restored, notices } = need(await openFleetStore({ file, now: () => 0 }));
    expect(notices.map(({ code }) => code)).toEqual(['store-restored']);
    expect(await restored.tasks({ limit: 9, shelf: 'all' })).toHaveLength(3);
    await restored.close();
  });
});
