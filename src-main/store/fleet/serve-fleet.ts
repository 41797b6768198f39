import type { Database } from 'better-sqlite3';
import type { FleetEvent } from '../../../src-shared/contract/console-types.ts';
import { ProblemError, withoutTime } from '../../../src-shared/model/problem.ts';
import type { RunState } from '../../../src-shared/model/run.ts';
import type { TaskSettings } from '../../../src-shared/model/settings.ts';
import type { Run, Task } from '../../../src-shared/model/task.ts';
import type { Migration } from '../database/migrate.ts';
import type { FleetStore, KeptTask, MachineRecord, TaskShelf, Unit } from '../fleet-store.ts';
import type { Served } from '../thread/group-commit.ts';
import { readEvent, readRun, readTask } from './fleet-rows.ts';
import { handOverRows } from './hand-over.ts';
import { memberRows } from './member-rows.ts';
import { paceRows } from './pace-rows.ts';
import { planRows } from './plan-rows.ts';
import { unitRows } from './unit-rows.ts';

type RunFacts = Parameters<FleetStore['setRunState']>[2];
type TaskPage = Parameters<FleetStore['tasks']>[0];
type EventPage = Parameters<FleetStore['events']>[0];

const RUN = 'run.id, run.task, run.number, run.state, run.started_at, run.ended_at, run.problem';

export type FleetProcedures = ReturnType<typeof fleetProcedures>;

function fleetProcedures(database: Database, migrations: readonly Migration[]) {
  const units = unitRows(database);
  return {
    ...machinesAndSettings(database),
    ...memberRows(database),
    ...tasks(database),
    ...runs(database, units.addUnit),
    ...units.procedures,
    ...planRows(database),
    ...paceRows(database),
    ...events(database),
    ...handOverRows(database, migrations),
  };
}

function machinesAndSettings(database: Database) {
  const machines = database.prepare<[], MachineRecord>(
    'SELECT id, name, first_seen AS firstSeen, last_seen AS lastSeen FROM machine ORDER BY first_seen, id',
  );
  const saveMachine = database.prepare(
    `INSERT INTO machine (id, name, first_seen, last_seen) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, first_seen = excluded.first_seen, last_seen = excluded.last_seen`,
  );
  const setting = database.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck();
  const saveSetting = database.prepare(
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  return {
    machines: (): readonly MachineRecord[] => machines.all(),
    saveMachine({ id, name, firstSeen, lastSeen }: MachineRecord): void {
      saveMachine.run(id, name, firstSeen, lastSeen);
    },
    setting: (key: string): string | undefined => setting.get(key),
    saveSetting(key: string, value: string): void {
      saveSetting.run(key, value);
    },
  };
}

function tasks(database: Database) {
  const columns = 'id, name, source, destination, settings, created_at';
  const kept = `${columns}, archived_at`;
  const add = database.prepare(`INSERT INTO task (${columns}) VALUES (?, ?, ?, ?, ?, ?)`);
  const one = database.prepare(`SELECT ${kept} FROM task WHERE id = ?`);
  const page = (which: string) => ({
    first: database.prepare(`SELECT ${kept} FROM task WHERE ${which} ORDER BY no DESC LIMIT ?`),
    next: database.prepare(
      `SELECT ${kept} FROM task WHERE ${which} AND no < (SELECT no FROM task WHERE id = ?)
       ORDER BY no DESC LIMIT ?`,
    ),
  });
  const pages: Readonly<Record<TaskShelf, ReturnType<typeof page>>> = {
    present: page('archived_at IS NULL'),
    archived: page('archived_at IS NOT NULL'),
    all: page('TRUE'),
  };
  const settle = database.prepare('UPDATE task SET settings = ? WHERE id = ?');
  const archive = database.prepare('UPDATE task SET archived_at = ? WHERE id = ?');
  return {
    addTask({ id, name, source, destination, settings, createdAt }: Task): void {
      add.run(id, name, source, destination, JSON.stringify(settings), createdAt);
    },
    task(id: string): KeptTask | undefined {
      const row = one.get(id);
      return row === undefined ? undefined : readTask(row);
    },
    tasks({ before, limit, shelf }: TaskPage): readonly KeptTask[] {
      const { first, next } = pages[shelf];
      return (before === undefined ? first.all(limit) : next.all(before, limit)).map(readTask);
    },
    setSettings(id: string, settings: TaskSettings): void {
      const { changes } = settle.run(JSON.stringify(settings), id);
      if (changes === 0) throw new ProblemError({ code: 'not-found', where: id });
    },
    setArchived(id: string, at: number | null): void {
      if (archive.run(at, id).changes === 0) throw new ProblemError({ code: 'not-found', where: id });
    },
  };
}

function runs(database: Database, addUnit: (unit: Unit) => void) {
  const add = database.prepare('INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?)');
  const one = database.prepare(`SELECT ${RUN} FROM run WHERE id = ?`);
  const ofTask = database.prepare(`SELECT ${RUN} FROM run WHERE task = ? ORDER BY number DESC`);
  const last = database.prepare(`SELECT ${RUN} FROM run WHERE task = ? ORDER BY number DESC LIMIT 1`);
  const setState = database.prepare(
    'UPDATE run SET state = ?, ended_at = coalesce(?, ended_at), problem = coalesce(?, problem) WHERE id = ?',
  );
  return {
    addRun(run: Run, unit: Unit): void {
      const problem = run.problem && JSON.stringify(run.problem);
      add.run(run.id, run.task, run.number, run.state, run.startedAt, run.endedAt, problem);
      addUnit(unit);
    },
    run(id: string): Run | undefined {
      const row = one.get(id);
      return row === undefined ? undefined : readRun(row);
    },
    runs: (task: string): readonly Run[] => ofTask.all(task).map(readRun),
    lastRuns: (ofTasks: readonly string[]): readonly Run[] =>
      ofTasks.flatMap((task) => last.all(task)).map(readRun),
    setRunState(id: string, state: RunState, { endedAt, problem }: RunFacts): void {
      const kept = problem && JSON.stringify(withoutTime(problem));
      const { changes } = setState.run(state, endedAt ?? null, kept ?? null, id);
      if (changes === 0) throw new ProblemError({ code: 'not-found', where: id });
    },
  };
}

function events(database: Database) {
  const columns = 'id, at, task, actor, facts, problem';
  const add = database.prepare('INSERT INTO event (at, task, actor, facts, problem) VALUES (?, ?, ?, ?, ?)');
  const all = database.prepare(`SELECT ${columns} FROM event WHERE id < ? ORDER BY id DESC LIMIT ?`);
  const ofTask = database.prepare(
    `SELECT ${columns} FROM event WHERE task = ? AND id < ? ORDER BY id DESC LIMIT ?`,
  );
  return {
    addEvent({ at, task, actor, facts, problem }: Omit<FleetEvent, 'id'>): void {
      add.run(at, task, actor, JSON.stringify(facts), problem && JSON.stringify(problem));
    },
    events({ before = Number.MAX_SAFE_INTEGER, task, limit }: EventPage): readonly FleetEvent[] {
      const rows = task === undefined ? all.all(before, limit) : ofTask.all(task, before, limit);
      return rows.map(readEvent);
    },
  };
}

/** @param migrations of this database, for one that comes from another machine */
export function serveFleet(database: Database, migrations: readonly Migration[]): Served<FleetProcedures> {
  const nothing = (): void => undefined;
  return {
    procedures: fleetProcedures(database, migrations),
    callDone: nothing,
    callUndone: nothing,
    beforeCommit: nothing,
    committed: nothing,
    groupUndone: nothing,
  };
}
