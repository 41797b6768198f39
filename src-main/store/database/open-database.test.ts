import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../../src-shared/model/problem.ts';
import { testFolder } from '../test-folder.ts';
import { backUp } from './back-up.ts';
import type { Migration } from './migrate.ts';
import { openDatabase } from './open-database.ts';
import { markSuspect } from './suspect.ts';

const first: Migration = { number: 1, name: '0001-a.sql', sql: 'CREATE TABLE line (text TEXT NOT NULL)' };
const second: Migration = {
  number: 2,
  name: '0002-b.sql',
  sql: "INSERT INTO line VALUES ('from the second')",
};
const NOW = Date.UTC(2026, 10, 22);

function withLines(file: string, count: number): void {
  const { database } = openDatabase({ file, now: NOW }, [first]);
  const add = database.prepare('INSERT INTO line VALUES (?)');
  database.transaction(() => {
    for (let i = 0; i < count; i++) add.run(`line ${i} ${'x'.repeat(200)}`);
  })();
  database.close();
}

function lineCount(database: Sqlite.Database): unknown {
  return database.prepare('SELECT count(*) FROM line').pluck().get();
}

/** Overwrites the middle of the file with rubbish, as a dying disk does. */
function damage(file: string): void {
  const bytes = readFileSync(file);
  bytes.fill(0xa5, 4_096, Math.min(bytes.length, 40_960));
  writeFileSync(file, bytes);
}

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code;
    throw error;
  }
  return undefined;
}

describe('opening a database', () => {
  it('brings an older one to the newest schema, once', () => {
    const file = join(testFolder(), 'a.db');
    withLines(file, 3);
    openDatabase({ file, now: NOW }, [first, second]).database.close();
    const { database, notices } = openDatabase({ file, now: NOW }, [first, second]);
    expect(lineCount(database)).toBe(4);
    expect(notices).toEqual([]);
    database.close();
  });

  it('leaves a schema as it was when a migration fails', () => {
    const file = join(testFolder(), 'a.db');
    withLines(file, 3);
    const broken: Migration = {
      number: 2,
      name: 'b',
      sql: "INSERT INTO line VALUES ('x'); INSERT INTO nowhere VALUES (1)",
    };
    expect(() => openDatabase({ file, now: NOW }, [first, broken])).toThrow(/nowhere/);
    const { database } = openDatabase({ file, now: NOW }, [first]);
    expect(lineCount(database)).toBe(3);
    database.close();
  });

  it('refuses one of a later version and does not touch it', () => {
    const file = join(testFolder(), 'a.db');
    openDatabase({ file, now: NOW }, [first, second]).database.close();
    const before = readFileSync(file);
    expect(codeOf(() => openDatabase({ file, now: NOW }, [first]))).toBe('store-newer');
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('says store-unusable where there can be no file', () => {
    const file = join(testFolder(), 'a.db');
    writeFileSync(file, '');
    expect(codeOf(() => openDatabase({ file: join(file, 'b.db'), now: NOW }, [first]))).toBe(
      'store-unusable',
    );
  });

  it('keeps a damaged one aside, begins anew and says so when there is no backup', () => {
    const folder = testFolder();
    const file = join(folder, 'a.db');
    withLines(file, 500);
    // The end of a process that was killed: a log is there, so that the file is examined.
    const log = openDatabase({ file, now: NOW }, [first]);
    log.database.exec("INSERT INTO line VALUES ('last')");
    const killed = join(folder, 'b.db');
    for (const end of ['', '-wal']) copyFileSync(file + end, killed + end);
    log.database.close();
    damage(killed);
    const bad = readFileSync(killed);
    const { database, notices } = openDatabase({ file: killed, now: NOW }, [first]);
    expect(lineCount(database)).toBe(0);
    database.close();
    expect(notices.map(({ code }) => code)).toEqual(['store-corrupt']);
    const kept = readdirSync(folder).find((name) => /^b\.db\.damaged-2026-11-22T00-00-00\.000Z$/.test(name));
    expect(kept).toBeDefined();
    expect(notices[0]?.detail).toContain(kept);
    expect(readFileSync(join(folder, kept ?? '')).equals(bad)).toBe(true);
    expect(existsSync(join(folder, `${kept}-wal`))).toBe(true);
  });

  it('examines one in which damage was met while it was in use, though it was closed well', () => {
    const file = join(testFolder(), 'a.db');
    withLines(file, 500);
    damage(file);
    const unseen = openDatabase({ file, now: NOW }, [first]);
    expect(unseen.notices).toEqual([]);
    expect(() => lineCount(unseen.database)).toThrow(/malformed/);
    unseen.database.close();
    markSuspect(file);
    const { database, notices } = openDatabase({ file, now: NOW }, [first]);
    expect(notices.map(({ code }) => code)).toEqual(['store-corrupt']);
    database.close();
    openDatabase({ file, now: NOW }, [first]).database.close();
  });

  it('puts the last backup in the place of a damaged one', async () => {
    const folder = testFolder();
    const file = join(folder, 'a.db');
    const backup = join(folder, 'a.db.backup');
    withLines(file, 500);
    const { database } = openDatabase({ file, backup, now: NOW }, [first]);
    await backUp(database, backup);
    database.exec("INSERT INTO line VALUES ('after the backup')");
    database.close();
    writeFileSync(file, 'this is no database at all, and long enough to be looked at: '.repeat(50));
    const restored = openDatabase({ file, backup, now: NOW }, [first]);
    expect(restored.notices.map(({ code }) => code)).toEqual(['store-restored']);
    expect(lineCount(restored.database)).toBe(500);
    restored.database.close();
    expect(existsSync(backup)).toBe(true);
    const again = openDatabase({ file, backup, now: NOW }, [first]);
    expect(again.notices).toEqual([]);
    again.database.close();
  });

  it('begins anew when the backup is damaged too, and keeps the first file only', async () => {
    const folder = testFolder();
    const file = join(folder, 'a.db');
    const backup = join(folder, 'a.db.backup');
    withLines(file, 500);
    copyFileSync(file, backup);
    damage(backup);
    writeFileSync(file, 'no database '.repeat(500));
    const { database, notices } = openDatabase({ file, backup, now: NOW }, [first]);
    expect(notices.map(({ code }) => code)).toEqual(['store-corrupt']);
    expect(lineCount(database)).toBe(0);
    database.close();
    expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toHaveLength(1);
  });

  it('has what was committed when the process was killed, and no damage is seen in it', () => {
    const folder = testFolder();
    const file = join(folder, 'a.db');
    const { database } = openDatabase({ file, now: NOW }, [first]);
    database.exec("INSERT INTO line VALUES ('committed')");
    const killed = join(folder, 'b.db');
    for (const end of ['', '-wal']) copyFileSync(file + end, killed + end);
    const opened = openDatabase({ file: killed, now: NOW }, [first]);
    expect(opened.notices).toEqual([]);
    expect(lineCount(opened.database)).toBe(1);
    opened.database.close();
    database.close();
  });
});
