import { type BigIntStats, promises } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import type { Source, SourceEntry, SourceFile } from '../source.ts';
import { problemOf } from './errors.ts';
import { type Listed, Lister } from './lister.ts';
import { openFile } from './open-file.ts';
import { fileIdOf, timesOf } from './stat.ts';

export interface NodeSourceOptions {
  /** Threads that list; 2 to 4 by the number of processors if not given. */
  readonly threads?: number;
}

/**
 * Listing threads without work for this long end, and start again (in some 50 ms) when there is work: each costs 13 MB
 * or more, and in a large run they have nothing to do for hours after the scan.
 */
const IDLE_MS = 5_000;

/**
 * A source read through Node's file system calls, on every system that Node runs on. It knows neither the
 * hidden and system marks of Windows, and makes a call for each entry there: see docs/unproven.md.
 */
export function openNodeSource(root: string, options: NodeSourceOptions = {}): Source {
  return new NodeSource(
    resolve(root),
    options.threads ?? Math.min(4, Math.max(2, availableParallelism() - 1)),
  );
}

class NodeSource implements Source {
  readonly root: string;
  readonly #threads: number;
  #listers: readonly Lister[] = [];
  #device: Promise<bigint> | undefined;
  #nextListing = 1;
  #listings = 0;
  #idle: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(root: string, threads: number) {
    this.root = root;
    this.#threads = threads;
  }

  async probe(): Promise<Result<SourceEntry>> {
    try {
      // The root itself may be a link: it is what the user named.
      const stat = await promises.stat(this.root, { bigint: true });
      const dir = await promises.opendir(this.root);
      try {
        await dir.read();
      } finally {
        await dir.close();
      }
      return ok({
        name: basename(this.root),
        nameReadable: true,
        kind: 'folder',
        size: 0,
        ...timesOf(stat),
        fileId: fileIdOf(stat, stat.dev),
        hidden: false,
        system: false,
      });
    } catch (error) {
      const problem = problemOf(error, 'root', this.root);
      return failed(problem.code, problem);
    }
  }

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

  async open(path: string): Promise<Result<SourceFile>> {
    return openFile(join(this.root, path), path, await this.#rootDevice());
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
    const rootDevice = await this.#rootDevice();
    if (this.#closed) throw new Error('the source is closed');
    if (this.#listers.length === 0) {
      this.#listers = Array.from(
        { length: this.#threads },
        () => new Lister({ root: this.root, rootDevice }),
      );
    }
    return this.#listers;
  }

  /** -1 while the root cannot be examined: no entry is on that device, so none gets a file id. */
  #rootDevice(): Promise<bigint> {
    this.#device ??= promises.stat(this.root, { bigint: true }).then(
      (stat: BigIntStats) => stat.dev,
      () => -1n,
    );
    return this.#device;
  }
}

function leastLoaded(listers: readonly Lister[]): Lister {
  const [first, ...others] = listers;
  if (!first) throw new Error('a source needs a listing thread');
  return others.reduce((best, lister) => (lister.load < best.load ? lister : best), first);
}
