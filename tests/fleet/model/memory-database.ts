import Sqlite, { type Database, type Statement } from 'better-sqlite3';
import { type Migration, migrate } from '../../../src-main/store/database/migrate.ts';
import { GroupCommit, type Served } from '../../../src-main/store/thread/group-commit.ts';
import type {
  Answer,
  Args,
  NameOf,
  Procedures,
  ThreadAnswer,
} from '../../../src-main/store/thread/procedures.ts';
import { fromWire } from '../../../src-main/store/thread/wire-error.ts';

/** All rows of a database, table by table. */
export type Content = ReadonlyMap<string, readonly (readonly unknown[])[]>;

/** The procedures of a database as a process that has just started sees it: with nothing in its head. */
export interface InProcess<P extends Procedures> {
  /** Runs a procedure in a transaction of its own. @throws what the thread would have answered with */
  call<K extends NameOf<P>>(name: K, ...args: Args<P, K>): Answer<P, K>;
}

/**
 * A database of the product in memory and without its thread, for thousands of schedules: the same schema, the same procedures, the same
 * commits. What costs time is done once: after a use it is emptied and used again, and its statements are prepared once
 * (those of a journal take 5 ms) and handed to each process that opens it.
 */
export class MemoryDatabase<P extends Procedures> {
  readonly database: Database;
  readonly #serve: (database: Database) => Served<P>;
  /** Those that others refer to come first. */
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #fresh: Content;
  readonly #prepared = new Map<string, { readonly all: Statement[]; handedOut: number }>();

  constructor(migrations: readonly Migration[], serve: (database: Database) => Served<P>) {
    const database = new Sqlite(':memory:');
    migrate(database, migrations);
    this.database = database;
    this.#serve = serve;
    this.#tables = new Map(tablesOf(database).map((name) => [name, tableOf(database, name)]));
    this.#fresh = this.content();
    this.#handOutAgain();
  }

  /** As a process sees it that opens it now. */
  open(): InProcess<P> {
    for (const prepared of this.#prepared.values()) prepared.handedOut = 0;
    const group = new GroupCommit<P>(this.database, ':memory:', this.#serve(this.database));
    return {
      call<K extends NameOf<P>>(name: K, ...args: Args<P, K>): Answer<P, K> {
        let answer: ThreadAnswer | undefined;
        group.run(
          { to: 'call', id: 1, name, args },
          () => undefined,
          ([first]) => {
            answer = first;
          },
        );
        if (!answer) throw new Error('no answer');
        if (!answer.ok) throw fromWire(answer.error);
        // As in WriterThread: both ends are of one build.
        return answer.value as Answer<P, K>;
      },
    };
  }

  content(): Content {
    return new Map([...this.#tables].map(([name, { all }]) => [name, all.all()]));
  }

  /** Nothing is in it but what it began with. */
  empty(): void {
    this.putBack(this.#fresh);
  }

  /**
   * Everything is as it was: what was written since is lost. Rows go and come in the order in which they refer to each other: to switch that
   * off for a moment would make SQLite prepare every statement anew, which costs more than a schedule does.
   */
  putBack(content: Content): void {
    this.database.exec('BEGIN');
    for (const { clear } of [...this.#tables.values()].reverse()) clear.run();
    for (const [name, { insert }] of this.#tables)
      for (const row of content.get(name) ?? []) insert.run(...row);
    this.database.exec('COMMIT');
  }

  /** The n-th statement of a text that a process prepares is the n-th of the process before it. */
  #handOutAgain(): void {
    const { database } = this;
    const prepare = database.prepare.bind(database);
    const again = (sql: string): Statement => {
      let known = this.#prepared.get(sql);
      if (known === undefined) {
        known = { all: [], handedOut: 0 };
        this.#prepared.set(sql, known);
      }
      const { all, handedOut } = known;
      const statement = all[handedOut] ?? prepare(sql);
      all[handedOut] = statement;
      known.handedOut += 1;
      return statement.reader ? statement.pluck(false) : statement;
    };
    Object.assign(database, { prepare: again });
  }
}

interface Table {
  readonly all: Statement<[], readonly unknown[]>;
  readonly clear: Statement;
  readonly insert: Statement;
}

/** All tables, each after those that its rows refer to. */
function tablesOf(database: Database): readonly string[] {
  const names = database
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    .pluck()
    .all();
  const parents = database
    .prepare<[string], string>('SELECT "table" FROM pragma_foreign_key_list(?)')
    .pluck();
  const ordered = new Set<string>();
  const add = (name: string): void => {
    for (const parent of parents.all(name)) if (parent !== name && !ordered.has(parent)) add(parent);
    ordered.add(name);
  };
  for (const name of names) add(name);
  return [...ordered];
}

function tableOf(database: Database, name: string): Table {
  const all = database.prepare<[], readonly unknown[]>(`SELECT * FROM ${name}`).raw();
  const places = all.columns().map(() => '?');
  return {
    all,
    clear: database.prepare(`DELETE FROM ${name}`),
    insert: database.prepare(`INSERT INTO ${name} VALUES (${places.join(', ')})`),
  };
}
