import { availableParallelism } from 'node:os';
import { ok, type Result } from '../../../src-shared/model/problem.ts';
import type { SourceEntry } from '../source.ts';
import { type Listed, Lister } from './lister.ts';
import { ThreadCount } from './thread-count.ts';

export interface ListingThreadsOptions {
  /** Serves listings (`serveListings`). */
  readonly script: URL;
  /** What each thread is given as workerData; asked whenever threads start. */
  readonly settings: () => Promise<unknown>;
  /** So many; if not given, 2 to 4 by the number of processors, and up to 8 where a file server makes them wait. */
  readonly threads: number | undefined;
}

/** See docs/decisions/0008 for what they cost, and why it is threads that wait. */
const MOST_THREADS = 8;

/**
 * Listing threads without work for this long end, and start again (in some 50 ms) when there is work: each costs 13 MB
 * or more, and in a large run they have nothing to do for hours after the scan.
 */
const IDLE_MS = 5_000;

/** The threads that list for one source: started when there is something to list, ended when there is not. */
export class ListingThreads {
  readonly #script: URL;
  readonly #settings: () => Promise<unknown>;
  readonly #count: ThreadCount;
  #listers: Lister[] = [];
  #nextListing = 1;
  #listings = 0;
  #idle: NodeJS.Timeout | undefined;
  #closed = false;

  constructor({ script, settings, threads }: ListingThreadsOptions) {
    this.#script = script;
    this.#settings = settings;
    const fewest = threads ?? Math.min(4, Math.max(2, availableParallelism() - 1));
    this.#count = new ThreadCount({ fewest, most: threads ?? MOST_THREADS });
  }

  /** As `Source.list`. */
  async *list(path: string): AsyncIterable<Result<readonly SourceEntry[]>> {
    const listing = this.#nextListing++;
    this.#begin();
    let lister: Lister | undefined;
    let finished = false;
    try {
      lister = leastLoaded(await this.#openListers());
      let next: Promise<Listed> | undefined = lister.more(listing, path);
      while (next) {
        const answer: Listed = await next;
        if (answer instanceof Error) throw answer;
        finished = !answer.ok || answer.value.last;
        // One batch is read ahead while the last is being worked on, never more.
        next = finished ? undefined : lister.more(listing, path);
        yield answer.ok ? ok(answer.value.entries) : answer;
      }
    } finally {
      if (!finished) lister?.close(listing);
      this.#end();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#idle);
    await this.#endListers();
  }

  #begin(): void {
    this.#listings += 1;
    clearTimeout(this.#idle);
  }

  #end(): void {
    this.#listings -= 1;
    if (this.#listings > 0 || this.#closed) return;
    this.#idle = setTimeout(() => void this.#endListers(), IDLE_MS).unref();
  }

  async #endListers(): Promise<void> {
    const listers = this.#listers;
    this.#listers = [];
    await Promise.all(listers.map((lister) => lister.end()));
  }

  async #openListers(): Promise<readonly Lister[]> {
    const settings = await this.#settings();
    if (this.#closed) throw new Error('the source is closed');
    const wanted = this.#count.wanted(this.#listings);
    // The first ones at once: starting takes 50 ms. Another one only when all of them have something to do.
    const { fewest } = this.#count;
    while (
      this.#listers.length < fewest ||
      (this.#listers.length < wanted && this.#listers.every(({ load }) => load > 0))
    ) {
      this.#start(settings);
    }
    return this.#listers;
  }

  #start(settings: unknown): void {
    this.#listers.push(
      new Lister(this.#script, settings, (took, entries) => this.#count.answered(took, entries)),
    );
  }
}

function leastLoaded(listers: readonly Lister[]): Lister {
  const [first, ...others] = listers;
  if (!first) throw new Error('a source needs a listing thread');
  return others.reduce((best, lister) => (lister.load < best.load ? lister : best), first);
}
