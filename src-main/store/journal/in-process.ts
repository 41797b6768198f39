import { copyFileSync, existsSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { readMigrations } from '../database/migrate.ts';
import { openDatabase } from '../database/open-database.ts';
import { GroupCommit } from '../thread/group-commit.ts';
import type { Answer, Args, NameOf, ThreadAnswer } from '../thread/procedures.ts';
import { fromWire } from '../thread/wire-error.ts';
import { type JournalProcedures, serveJournal } from './serve-journal.ts';

/** A journal without its thread, so that tests can make thousands of steps and look into the database between them. */
export class InProcessJournal {
  readonly file: string;
  readonly database: Database;
  readonly #group: GroupCommit<JournalProcedures>;

  constructor(file: string, options: { readonly maxPages?: number } = {}) {
    this.file = file;
    const migrations = readMigrations(new URL('../migrations/journal/', import.meta.url));
    const order = { file, now: 0, maxPages: options.maxPages };
    this.database = openDatabase(order, migrations).database;
    // These files are copied, not cut off from power: the disk need not be waited for.
    this.database.pragma('synchronous = OFF');
    this.#group = new GroupCommit(this.database, file, serveJournal(this.database));
  }

  call<K extends NameOf<JournalProcedures>>(
    name: K,
    ...args: Args<JournalProcedures, K>
  ): Answer<JournalProcedures, K> {
    let answer: ThreadAnswer | undefined;
    this.#group.run(
      { to: 'call', id: 1, name, args },
      () => undefined,
      ([first]) => {
        answer = first;
      },
    );
    if (!answer) throw new Error('no answer');
    if (!answer.ok) throw fromWire(answer.error);
    // As in WriterThread: both ends are of one build.
    return structuredClone(answer.value) as Answer<JournalProcedures, K>;
  }

  /** What a kill -9 leaves at this moment: database and log as they are on disk, opened by a process that knows nothing. */
  killed(file: string): InProcessJournal {
    for (const end of ['', '-wal'])
      if (existsSync(this.file + end)) copyFileSync(this.file + end, file + end);
    this.database.close();
    return new InProcessJournal(file);
  }
}
