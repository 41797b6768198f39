import { readdirSync, readFileSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { ProblemError } from '../../../src-shared/model/problem.ts';

/** One step of a schema: `0003-what-it-does.sql`. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}

/**
 * The migrations in a folder, by number. Numbers begin at 1 and have no gaps: a gap is a file that was
 * forgotten in packaging, and a schema with a hole must not be made.
 */
export function readMigrations(folder: URL): readonly Migration[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  return files.map((name, index) => {
    const number = Number(/^(\d{4})-/.exec(name)?.[1]);
    if (number !== index + 1) throw new Error(`${name} in ${folder.pathname}: number ${index + 1} expected`);
    return { number, name, sql: readFileSync(new URL(name, folder), 'utf8') };
  });
}

/**
 * Brings a database to the newest schema, in one transaction. How far it is stands in `user_version`.
 * @throws ProblemError `store-newer` when the file was written by a later version
 */
export function migrate(database: Database, migrations: readonly Migration[]): void {
  const version = Number(database.pragma('user_version', { simple: true }));
  const newest = migrations.length;
  if (version > newest) {
    const detail = `schema ${version}, this version knows ${newest}`;
    throw new ProblemError({ code: 'store-newer', where: database.name, detail });
  }
  if (version === newest) return;
  const steps = migrations.slice(version);
  const run = database.transaction(() => {
    for (const step of steps) database.exec(step.sql);
    database.pragma(`user_version = ${newest}`);
  });
  run.immediate();
}
