import { type MessagePort, Worker } from 'node:worker_threads';
import { failed, ok, type Problem, ProblemError, type Result } from '../../../src-shared/model/problem.ts';
import type {
  Answer,
  Answering,
  Args,
  FromThread,
  NameOf,
  OpenOrder,
  Procedures,
  ThreadCall,
  ToThread,
} from './procedures.ts';
import { fromWire } from './wire-error.ts';

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/**
 * The thread that owns a database, seen from outside. Calls are answered in the order in which they were made,
 * each after its transaction was committed.
 */
export class WriterThread<P extends Procedures> implements Answering<P> {
  readonly #worker: Worker | MessagePort;
  readonly #waiting = new Map<number, Waiting>();
  /** Calls of this turn of the event loop, to be sent together. */
  #unsent: ThreadCall[] = [];
  #lastId = 0;
  #opening: PromiseWithResolvers<readonly Problem[]> = Promise.withResolvers();
  readonly #ended = Promise.withResolvers<void>();
  #closing = false;
  #over: Error | undefined;
  #closeError: Error | undefined;

  private constructor(worker: Worker | MessagePort) {
    this.#worker = worker;
    worker.on('message', (message: FromThread) => this.#receive(message));
    const over = (): void => this.#end(new Error('the thread of a database has ended'));
    worker.on('error', (error) => this.#end(error instanceof Error ? error : new Error(String(error))));
    if (worker instanceof Worker) worker.on('exit', over);
    else worker.on('close', over);
  }

  /**
   * Opens a database in a fresh worker, or by a port of one that has several. Codes: store-newer, store-in-use, store-unusable, store-disk-full,
   * store-corrupt (a damaged file that could not even be moved aside).
   */
  static async open<P extends Procedures>(
    worker: Worker | MessagePort,
    order: OpenOrder,
  ): Promise<Result<{ readonly thread: WriterThread<P>; readonly notices: readonly Problem[] }>> {
    const thread = new WriterThread<P>(worker);
    thread.#post({ to: 'open', order });
    try {
      return ok({ thread, notices: await thread.#opening.promise });
    } catch (error) {
      await thread.#ended.promise;
      if (error instanceof ProblemError) return failed(error.problem.code, error.problem);
      throw error;
    }
  }

  /** Asks the thread. Rejects with a ProblemError for what was foreseen (store-disk-full, store-corrupt ...). */
  call<K extends NameOf<P>>(name: K, ...args: Args<P, K>): Promise<Answer<P, K>> {
    return new Promise((resolve, reject) => {
      // The one place where the type of an answer is taken on trust: both ends are of one build.
      const settle = (value: unknown): void => resolve(value as Answer<P, K>);
      this.#ask({ resolve: settle, reject }, (id) => {
        if (this.#unsent.length === 0) queueMicrotask(() => this.#sendCalls());
        this.#unsent.push({ id, name, args });
      });
    });
  }

  /** Copies the database to `file` while it is in use. */
  backUp(file: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#ask({ resolve: () => resolve(), reject }, (id) => this.#post({ to: 'back-up', id, file }));
    });
  }

  /** It takes no more calls. */
  get closing(): boolean {
    return this.#closing || this.#over !== undefined;
  }

  /** Ends the thread after all that was asked before has been answered. May be called twice. Rejects when closing failed. */
  async close(): Promise<void> {
    if (!this.#closing && !this.#over) this.#post({ to: 'close' });
    this.#closing = true;
    await this.#ended.promise;
    if (this.#closeError) throw this.#closeError;
  }

  #ask(waiting: Waiting, send: (id: number) => void): void {
    const over = this.#closing ? new Error('the database is closed') : this.#over;
    if (over) {
      waiting.reject(over);
      return;
    }
    this.#lastId += 1;
    this.#waiting.set(this.#lastId, waiting);
    send(this.#lastId);
  }

  #post(message: ToThread): void {
    // Nothing overtakes what was asked before.
    this.#sendCalls();
    this.#worker.postMessage(message);
  }

  #sendCalls(): void {
    const calls = this.#unsent;
    if (calls.length === 0) return;
    this.#unsent = [];
    this.#worker.postMessage({ to: 'calls', calls } satisfies ToThread);
  }

  #receive(message: FromThread): void {
    if (message.from === 'opened') this.#opening.resolve(message.notices);
    else if (message.from === 'unopened') this.#opening.reject(fromWire(message.error));
    else if (message.from === 'answers') {
      for (const answer of message.answers) {
        const waiting = this.#waiting.get(answer.id);
        this.#waiting.delete(answer.id);
        if (answer.ok) waiting?.resolve(answer.value);
        else waiting?.reject(fromWire(answer.error));
      }
    } else if (message.error) this.#closeError = fromWire(message.error);
  }

  #end(error: Error): void {
    this.#over ??= error;
    this.#opening.reject(this.#over);
    for (const waiting of this.#waiting.values()) waiting.reject(this.#over);
    this.#waiting.clear();
    this.#ended.resolve();
  }
}
