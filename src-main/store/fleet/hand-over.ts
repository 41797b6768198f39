import Sqlite, { type Database } from 'better-sqlite3';
import type { HandedCounts } from '../../../src-shared/contract/hand-over.ts';
import { ProblemError } from '../../../src-shared/model/problem.ts';
import { type Migration, migrate } from '../database/migrate.ts';
import { asStoreError } from '../database/sqlite-problem.ts';
import type { LookedAt, MemberRecord } from '../fleet-store.ts';
import { RUN_FACTS } from './unit-rows.ts';

/** Settings that are about the fleet and not about the machine, by how their names begin. */
const OF_THE_FLEET = [RUN_FACTS, 'place-of-', 'bandwidth-of:'];
const isOfTheFleet = OF_THE_FLEET.map((begin) => `key GLOB '${begin}*'`).join(' OR ');

/**
 * The tables that go along, those that others refer to first. `number`: a column that only orders the rows, and is counted anew. The rows of
 * `replaced` ones may be known already: machines are the same in every fleet.
 */
const TABLES = [
  { name: 'machine', number: null, replaced: true },
  { name: 'task', number: 'no', replaced: false },
  { name: 'run', number: null, replaced: false },
  { name: 'unit', number: 'no', replaced: false },
  { name: 'pace', number: null, replaced: false },
  { name: 'task_plan', number: null, replaced: false },
  { name: 'machine_rules', number: null, replaced: true },
  { name: 'event', number: 'id', replaced: false },
] as const;

/** The procedures by which a fleet goes from the database of one machine into that of another. They are needed once in years: nothing is prepared ahead. */
/** @param migrations of this database, for one that an older version wrote */
export function handOverRows(database: Database, migrations: readonly Migration[]) {
  const saveSettings = (settings: Readonly<Record<string, string>>): void => {
    const save = database.prepare('INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)');
    for (const [key, value] of Object.entries(settings)) save.run(key, value);
  };
  return {
    handedCounts: (): HandedCounts => countsOf(database),
    /** Forgets the fleet but for its machines' keys, and keeps the settings, in one step. */
    handOver(settings: Readonly<Record<string, string>>): void {
      for (const { name } of [...TABLES].reverse()) database.exec(`DELETE FROM ${name}`);
      database.exec(`DELETE FROM invitation; DELETE FROM setting WHERE ${isOfTheFleet}`);
      saveSettings(settings);
    },
    /** Brings a database that came from elsewhere to the present schema and looks whether it can be taken. @throws ProblemError store-newer, store-corrupt */
    lookAtHandedOver: (file: string): LookedAt => {
      const other = openHandedOver(file, migrations);
      try {
        const known = database.prepare('SELECT 1 FROM task WHERE id = ?');
        const tasks = other.prepare<[], string>('SELECT id FROM task').pluck().all();
        return { counts: countsOf(other), known: tasks.filter((id) => known.get(id) !== undefined).length };
      } finally {
        other.close();
      }
    },
    /**
     * Takes the fleet of another coordinator, with everything that is here already, in one step.
     * @param self this machine, which is no member of its own fleet @param former what the coordinator before is from now on
     */
    takeOver(
      file: string,
      self: string,
      former: MemberRecord,
      settings: Readonly<Record<string, string>>,
    ): void {
      const other = openHandedOver(file, migrations);
      try {
        for (const table of TABLES) copyRows(other, database, table);
        const fleet = other.prepare<[], { key: string; value: string }>(
          `SELECT key, value FROM setting WHERE ${isOfTheFleet}`,
        );
        for (const { key, value } of fleet.all()) saveSettings({ [key]: value });
        database.exec('DELETE FROM invitation; DELETE FROM member');
        copyRows(other, database, { name: 'member', number: null, replaced: false });
        database.prepare('DELETE FROM member WHERE machine = ?').run(self);
        const { machine, name, key, state, pairedAt } = former;
        database
          .prepare(
            'INSERT OR REPLACE INTO member (machine, name, key, state, paired_at) VALUES (?, ?, ?, ?, ?)',
          )
          .run(machine, name, key, state, pairedAt);
        saveSettings(settings);
      } finally {
        other.close();
      }
    },
  };
}

function countsOf(database: Database): HandedCounts {
  const count = (table: string): number =>
    database.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
  return {
    tasks: count('task'),
    runs: count('run'),
    units: count('unit'),
    pace: count('pace'),
    plans: count('task_plan'),
    rules: count('machine_rules'),
  };
}

function openHandedOver(file: string, migrations: readonly Migration[]): Database {
  let other: Database | undefined;
  try {
    other = new Sqlite(file, { fileMustExist: true });
    const found = other.pragma('quick_check(1)', { simple: true });
    if (found !== 'ok') throw new ProblemError({ code: 'store-corrupt', where: file, detail: String(found) });
    migrate(other, migrations);
    return other;
  } catch (error) {
    other?.close();
    throw asStoreError(error, file);
  }
}

function copyRows(
  from: Database,
  to: Database,
  {
    name,
    number,
    replaced,
  }: { readonly name: string; readonly number: string | null; readonly replaced: boolean },
): void {
  const columns = to
    .prepare<[], string>(`SELECT name FROM pragma_table_info('${name}')`)
    .pluck()
    .all()
    .filter((column) => column !== number);
  const rows = from.prepare<[], unknown[]>(
    `SELECT ${columns.join(', ')} FROM ${name}${number === null ? '' : ` ORDER BY ${number}`}`,
  );
  const add = to.prepare(
    `INSERT ${replaced ? 'OR REPLACE ' : ''}INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  for (const row of rows.raw().iterate()) add.run(...row);
}
