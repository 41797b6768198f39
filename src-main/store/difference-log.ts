import Sqlite from 'better-sqlite3';
import type { ItemId } from '../../src-shared/model/item.ts';

/** What was noted about items, in a database of its own: a whole library that was changed must fit into little memory. */
export interface DifferenceLog<T> {
  /** In place of what was noted about it before. */
  note(item: ItemId, what: T): void;
  forget(item: ItemId): void;
  /** By the number of the item. */
  all(): Iterable<T>;
  close(): void;
}

/** Opens an empty log that is gone when it is closed: SQLite deletes a file without a name by itself. */
export function openDifferenceLog<T>(parse: (json: unknown) => T): DifferenceLog<T> {
  const database = new Sqlite('');
  database.pragma('journal_mode = OFF');
  database.exec('CREATE TABLE difference (item INTEGER PRIMARY KEY, what TEXT NOT NULL)');
  const note = database.prepare('INSERT OR REPLACE INTO difference VALUES (?, ?)');
  const forget = database.prepare('DELETE FROM difference WHERE item = ?');
  const some = database.prepare<[number], { item: number; what: string }>(
    'SELECT item, what FROM difference WHERE item > ? ORDER BY item LIMIT 500',
  );
  return {
    note: (item, what) => void note.run(item, JSON.stringify(what)),
    forget: (item) => void forget.run(item),
    *all() {
      for (let rows = some.all(0); rows.length > 0; rows = some.all(rows.at(-1)?.item ?? 0)) {
        for (const { what } of rows) yield parse(JSON.parse(what));
      }
    },
    close: () => void database.close(),
  };
}
