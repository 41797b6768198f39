import type { Database, Statement } from 'better-sqlite3';
import { ProblemError } from '../../../src-shared/model/problem.ts';
import { asStoreError, storeCodeOf } from '../database/sqlite-problem.ts';
import { markSuspect } from '../database/suspect.ts';
import type { Procedures, ThreadAnswer, ToThread } from './procedures.ts';
import { toWire } from './wire-error.ts';

/**
 * A commit is due after this many changed rows ... (With 500 a scan, whose calls are a hundred rows each, took a twelfth more processor
 * time in the journal's thread, and waited for more commits; Node 24, November 2026.)
 */
const GROUP_ROWS = 2_000;
/** ... or this many milliseconds, whichever comes first; and at once when nobody else waits. */
const GROUP_MS = 200;

/** Procedures of a database, and what they keep in memory beside it. */
export interface Served<P extends Procedures> {
  readonly procedures: P;
  /** Writes what is kept in memory (counters) into the transaction that is about to be committed. */
  beforeCommit(): void;
  /** The call went through: what it noted in memory holds, if the transaction does. */
  callDone(): void;
  /** The call was undone, and so must be what it noted in memory. */
  callUndone(): void;
  /** What was done since the last commit is safe. */
  committed(): void;
  /** All since the last commit was undone: memory is to be read again from the database. */
  groupUndone(): void;
}

type Call = Extract<ToThread, { to: 'call' }>;

/**
 * Runs calls in order, those that wait already together in one transaction. A call that fails takes only itself
 * back (a savepoint); when SQLite gives the whole transaction up (disk full), every call of it is done
 * again in a transaction of its own, so that those which can succeed do. Answers leave after the commit.
 */
export class GroupCommit<P extends Procedures> {
  readonly #database: Database;
  readonly #file: string;
  readonly #served: Served<P>;
  readonly #procedures: ReadonlyMap<string, (...args: never[]) => unknown>;
  readonly #totalChanges: Statement<[], number>;
  readonly #begin: Statement;
  readonly #commit: Statement;
  readonly #save: Statement;
  readonly #release: Statement;
  readonly #undo: Statement;

  constructor(database: Database, file: string, served: Served<P>) {
    this.#database = database;
    this.#file = file;
    this.#served = served;
    this.#procedures = new Map(Object.entries(served.procedures));
    this.#totalChanges = database.prepare<[], number>('SELECT total_changes()').pluck();
    this.#begin = database.prepare('BEGIN');
    this.#commit = database.prepare('COMMIT');
    this.#save = database.prepare('SAVEPOINT one_call');
    this.#release = database.prepare('RELEASE one_call');
    this.#undo = database.prepare('ROLLBACK TO one_call');
  }

  /**
   * Runs `first` and all calls that `receive` yields without waiting, up to the limits of a group, and answers them.
   * @returns a message that was received and is no call
   */
  run(
    first: Call,
    receive: () => ToThread | undefined,
    answer: (answers: readonly ThreadAnswer[]) => void,
  ): ToThread | undefined {
    const calls: Call[] = [first];
    let left: ToThread | undefined;
    const more = (): Call | undefined => {
      const next = receive();
      if (next?.to === 'call') {
        calls.push(next);
        return next;
      }
      left = next;
      return undefined;
    };
    let answers: readonly ThreadAnswer[];
    try {
      answers = this.#transaction(first, more);
    } catch (error) {
      this.#giveUp();
      // One call alone has nobody to be separated from.
      answers = calls.length === 1 ? [this.#refused(first, error)] : calls.map((call) => this.#alone(call));
    }
    answer(answers);
    return left;
  }

  #alone(call: Call): ThreadAnswer {
    try {
      const [answer] = this.#transaction(call, () => undefined);
      if (!answer) throw new Error('a call without an answer');
      return answer;
    } catch (error) {
      this.#giveUp();
      return this.#refused(call, error);
    }
  }

  #transaction(first: Call, more: () => Call | undefined): readonly ThreadAnswer[] {
    const answers: ThreadAnswer[] = [];
    this.#begin.run();
    const until = performance.now() + GROUP_MS;
    const rowsBefore = this.#totalChanges.get() ?? 0;
    let next: Call | undefined = first;
    while (next) {
      answers.push(this.#call(next));
      const rows = (this.#totalChanges.get() ?? 0) - rowsBefore;
      next = rows < GROUP_ROWS && performance.now() < until ? more() : undefined;
    }
    this.#served.beforeCommit();
    this.#commit.run();
    this.#served.committed();
    return answers;
  }

  /** @throws when SQLite has given up the whole transaction */
  #call(call: Call): ThreadAnswer {
    const procedure = this.#procedures.get(call.name);
    if (!procedure) throw new Error(`no procedure ${call.name}`);
    this.#save.run();
    try {
      // The arguments are what the typed caller on the other side sent; both sides are of one build.
      const value: unknown = Reflect.apply(procedure, undefined, call.args);
      this.#release.run();
      this.#served.callDone();
      return { id: call.id, ok: true, value };
    } catch (error) {
      if (!this.#database.inTransaction) throw error;
      this.#undo.run();
      this.#release.run();
      this.#served.callUndone();
      return this.#refused(call, error);
    }
  }

  #refused(call: Call, error: unknown): ThreadAnswer {
    const told = storeCodeOf(error) === 'store-corrupt' ? this.#suspect(error) : error;
    return { id: call.id, ok: false, error: toWire(asStoreError(told, this.#file)) };
  }

  /** Marks the file for its next opening. Whoever asked hears of the damage in any case. */
  #suspect(damage: unknown): unknown {
    try {
      markSuspect(this.#file);
      return damage;
    } catch (error) {
      const problems = [asStoreError(damage, this.#file), asStoreError(error, this.#file)];
      const details = problems.map((each) =>
        each instanceof ProblemError ? each.problem.detail : String(each),
      );
      const detail = details.join('; it could not be marked as damaged: ');
      return new ProblemError({ code: 'store-corrupt', where: this.#file, detail }, { cause: damage });
    }
  }

  #giveUp(): void {
    if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
    this.#served.groupUndone();
  }
}
