import { availableParallelism } from 'node:os';
import { ok, type Result } from '../../../src-shared/model/problem.ts';
import { readOpened } from '../read-opened.ts';
import type { ReadFile, Source, SourceEntry } from '../source.ts';
import type { FileAnswer, ListingAnswer } from './protocol.ts';
import { SourceThread, type ThreadCounts, type Told } from './source-thread.ts';
import { ThreadCount } from './thread-count.ts';

export interface SourceThreadsOptions {
  /** Serves a source (`serveSource`). */
  readonly script: URL;
  /** What each thread is given as workerData; asked whenever threads start. */
  readonly settings: () => Promise<unknown>;
  /** So many; if not given, 2 to 4 by the number of processors, and up to 8 where a file server makes them wait. */
  readonly threads: number | undefined;
}

/** See docs/decisions/0008 for what they cost, and why it is threads that wait. */
const MOST_THREADS = 8;

/** A group of small files takes a thread some milliseconds, and its sender hundreds: another thread is asked when so many wait. */
const READINGS_A_THREAD = 4;

/**
 * Threads without work for this long end, and start again (in some 50 ms) when there is work: each costs 13 MB
 * or more, and they can have nothing to do for hours after the scan. In a short run the scan is over in two seconds, and what is
 * kept longer is part of its peak.
 */
const IDLE_MS = 1_500;
const LOOK_MS = 500;

/** The threads that list and read small files of one source: started when there is something to do, ended when there is not. */
export class SourceThreads {
  readonly #script: URL;
  readonly #settings: () => Promise<unknown>;
  readonly #counts: ThreadCounts;
  #threads: SourceThread[] = [];
  #next = 1;
  #listings = 0;
  #readings = 0;
  #idle: NodeJS.Timeout | undefined;
  #closed = false;

  constructor({ script, settings, threads }: SourceThreadsOptions) {
    this.#script = script;
    this.#settings = settings;
    const fewest = threads ?? Math.min(4, Math.max(2, availableParallelism() - 1));
    const range = { fewest, most: threads ?? MOST_THREADS };
    this.#counts = { listing: new ThreadCount(range), reading: new ThreadCount(range) };
  }

  /** As `Source.list`. */
  async *list(path: string): AsyncIterable<Result<readonly SourceEntry[]>> {
    const listing = this.#next++;
    this.#listings += 1;
    let thread: SourceThread | undefined;
    let finished = false;
    try {
      thread = await this.#leastLoaded();
      thread.enter(listing);
      let next: Promise<Told<ListingAnswer>> | undefined = thread.more(listing, path);
      while (next) {
        const answer: Told<ListingAnswer> = await next;
        if (answer instanceof Error) throw answer;
        finished = !answer.ok || answer.value.last;
        // One batch is read ahead while the last is being worked on, never more.
        next = finished ? undefined : thread.more(listing, path);
        yield answer.ok ? ok(answer.value.entries) : answer;
      }
    } finally {
      thread?.leave(listing, finished);
      this.#listings -= 1;
    }
  }

  /**
   * As `Source.readFiles`, one after the other in one thread.
   * @param source opens by itself what the system has no handle for at the moment: it can wait for one
   */
  async read(
    source: Pick<Source, 'open'>,
    paths: readonly string[],
    limit: number,
    lent: ArrayBuffer | undefined,
  ): Promise<readonly Result<ReadFile | undefined>[]> {
    const reading = this.#next++;
    this.#readings += 1;
    try {
      const files = await this.#readInThread(reading, paths, limit, lent);
      return await Promise.all(
        paths.map(async (path, i) => {
          const file = files?.[i] ?? 'no-handle';
          return file === 'no-handle' ? readOpened(source, path, limit) : file;
        }),
      );
    } finally {
      this.#readings -= 1;
    }
  }

  /** Undefined: the system has no handle for another thread. */
  async #readInThread(
    reading: number,
    paths: readonly string[],
    limit: number,
    lent: ArrayBuffer | undefined,
  ): Promise<readonly FileAnswer[] | undefined> {
    const thread = await this.#readingThread();
    const files = await thread.read(reading, paths, limit, lent);
    if (!(files instanceof Error)) return files;
    if (!('code' in files) || files.code !== 'ERR_WORKER_INIT_FAILED') throw files;
    // The next one begins another.
    this.#threads = this.#threads.filter((each) => each !== thread);
    return undefined;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#idle);
    await this.#endThreads();
  }

  #watchIdle(): void {
    if (this.#closed || this.#threads.length === 0) return;
    this.#idle ??= setTimeout(() => {
      this.#idle = undefined;
      void this.#endIdle();
      this.#watchIdle();
    }, LOOK_MS).unref();
  }

  /** Ends those that had nothing to do for a while. */
  async #endIdle(): Promise<void> {
    const idle = this.#threads.filter((thread) => thread.idleMs >= IDLE_MS);
    this.#threads = this.#threads.filter((thread) => !idle.includes(thread));
    await Promise.all(idle.map((thread) => thread.end()));
  }

  async #endThreads(): Promise<void> {
    const threads = this.#threads;
    this.#threads = [];
    await Promise.all(threads.map((thread) => thread.end()));
  }

  async #leastLoaded(): Promise<SourceThread> {
    const [first, ...others] = await this.#openThreads();
    if (!first) throw new Error('a source needs a thread');
    return others.reduce((best, thread) => (thread.load < best.load ? thread : best), first);
  }

  /** Where the share is fast one thread reads as fast as all others send: those that only listed have nothing more to do, and end. */
  async #readingThread(): Promise<SourceThread> {
    if (this.#counts.reading.isSlow) return this.#leastLoaded();
    const threads = await this.#openThreads();
    return threads.find(({ load }) => load < READINGS_A_THREAD) ?? this.#leastLoaded();
  }

  async #openThreads(): Promise<readonly SourceThread[]> {
    const settings = await this.#settings();
    if (this.#closed) throw new Error('the source is closed');
    // Each by its own answers: on a busy machine listings look slow, and readings would make many threads of that.
    const { listing, reading } = this.#counts;
    const wanted = Math.max(listing.wanted(this.#listings), reading.wanted(this.#readings));
    // The first ones at once: starting takes 50 ms. Another one only when all of them have something to do.
    const fewest = this.#listings > 0 || reading.isSlow ? listing.fewest : 1;
    while (
      this.#threads.length < fewest ||
      (this.#threads.length < wanted && this.#threads.every(({ load }) => load >= this.#enough))
    ) {
      this.#start(settings);
    }
    return this.#threads;
  }

  /** So much work of one thread is worth another one. */
  get #enough(): number {
    return this.#listings > 0 || this.#counts.reading.isSlow ? 1 : READINGS_A_THREAD;
  }

  #start(settings: unknown): void {
    this.#threads.push(new SourceThread(this.#script, settings, this.#counts));
    this.#watchIdle();
  }
}
