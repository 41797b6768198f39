import { availableParallelism } from 'node:os';
import { ok, type Result } from '../../../src-shared/model/problem.ts';
import type { SourceEntry } from '../source.ts';
import { type Listed, Lister } from './lister.ts';

export interface ListingThreadsOptions {
  /** Serves listings (`serveListings`). */
  readonly script: URL;
  /** What each thread is given as workerData; asked whenever threads start. */
  readonly settings: () => Promise<unknown>;
  /** 2 to 4 by the number of processors if not given. */
  readonly threads: number | undefined;
}

/**
 * Listing threads without work for this long end, and start again (in some 50 ms) when there is work: each costs 13 MB
 * or more, and in a large run they have nothing to do for hours after the scan.
 */
const IDLE_MS = 5_000;

/** The threads that list for one source: started when there is something to list, ended when there is not. */
export class ListingThreads {
  readonly #script: URL;
  readonly #settings: () => Promise<unknown>;
  readonly #threads: number;
  #listers: readonly Lister[] = [];
  #nextListing = 1;
  #listings = 0;
  #idle: NodeJS.Timeout | undefined;
  #closed = false;

  constructor({ script, settings, threads }: ListingThreadsOptions) {
    this.#script = script;
    this.#settings = settings;
    this.#threads = threads ?? Math.min(4, Math.max(2, availableParallelism() - 1));
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
    if (this.#listers.length === 0) {
      this.#listers = Array.from({ length: this.#threads }, () => new Lister(this.#script, settings));
    }
    return this.#listers;
  }
}

function leastLoaded(listers: readonly Lister[]): Lister {
  const [first, ...others] = listers;
  if (!first) throw new Error('a source needs a listing thread');
  return others.reduce((best, lister) => (lister.load < best.load ? lister : best), first);
}
