import type { Procedures } from './procedures.ts';
import type { WriterThread } from './writer-thread.ts';

/** A database thread that is started when it is asked for the first time: one that nobody asks costs 20 MB of memory. */
export class ThreadOnDemand<P extends Procedures> {
  readonly #start: () => Promise<WriterThread<P>>;
  #thread: Promise<WriterThread<P>> | undefined;
  #closed = false;

  constructor(start: () => Promise<WriterThread<P>>) {
    this.#start = start;
  }

  /** Rejects with what hindered its start; who asks next tries again. */
  async get(): Promise<WriterThread<P>> {
    if (this.#closed) throw new Error('the database is closed');
    const thread = this.#thread ?? this.#start();
    this.#thread = thread;
    try {
      return await thread;
    } catch (error) {
      if (this.#thread === thread) this.#thread = undefined;
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    // One that did not start has said so to whoever asked for it.
    const [started] = await Promise.allSettled([this.#thread]);
    if (started.status === 'fulfilled') await started.value?.close();
  }
}
