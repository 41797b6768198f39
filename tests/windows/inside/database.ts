import { mkdirSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

export function databaseCases(folder: string): void {
  describe('better-sqlite3 for Windows', () => {
    beforeAll(() => {
      mkdirSync(folder, { recursive: true });
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('opens a database, writes, and finds it again', () => {
      const file = `${folder}\\items.db`;
      const written = new Database(file);
      written.pragma('journal_mode = WAL');
      written.exec('CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL)');
      const insert = written.prepare('INSERT INTO item (name) VALUES (?)');
      written.transaction(() => {
        for (let i = 0; i < 10_000; i++) insert.run(`file-${i}.txt`);
      })();
      written.close();
      const read = new Database(file, { readonly: true });
      expect(read.prepare('SELECT count(*) AS items, max(name) AS last FROM item').get()).toEqual({
        items: 10_000,
        last: 'file-9999.txt',
      });
      read.close();
    });
  });
}
