import { promises } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import type { Principal, Rights, Space } from '../../../src-shared/model/rights.ts';
import { Owners } from '../owners.ts';
import type { FullSource, Owner, ReadFile, SourceEntry, SourceFile } from '../source.ts';
import { SourceThreads } from '../threads/source-threads.ts';
import { accountNames } from './account-names.ts';
import { problemOf } from './errors.ts';
import type { ThreadSettings } from './node-worker.ts';
import { openFile } from './open-file.ts';
import { readRights, readSpace } from './rights.ts';
import { fileIdOf, timesOf } from './stat.ts';

export interface NodeSourceOptions {
  /** Threads that list and read small files; 2 to 4 by the number of processors if not given. */
  readonly threads?: number;
  /** Lists through Node alone, as on systems where nothing faster is known. */
  readonly plain?: boolean;
}

/**
 * A source read through Node's file system calls, listed with those of Linux where that can be (linux/calls.ts). On Windows it knows none of the attributes and makes a call for each entry:
 * `openSource` takes another reader there.
 */
export function openNodeSource(root: string, options: NodeSourceOptions = {}): FullSource {
  return new NodeSource(resolve(root), options);
}

class NodeSource implements FullSource {
  readonly root: string;
  readonly #threads: SourceThreads;
  #owners: Promise<Owners> | undefined;
  #device: Promise<number> | undefined;

  constructor(root: string, { threads, plain = false }: NodeSourceOptions) {
    this.root = root;
    this.#threads = new SourceThreads({
      script: new URL('./node-worker.ts', import.meta.url),
      settings: async (): Promise<ThreadSettings> => ({ root, rootDevice: await this.#rootDevice(), plain }),
      threads,
    });
  }

  async probe(): Promise<Result<SourceEntry>> {
    try {
      // The root itself may be a link: it is what the user named.
      const stat = await promises.stat(this.root);
      const exact = await promises.stat(this.root, { bigint: true });
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
        fileId: fileIdOf(exact, stat.dev),
        hidden: false,
        system: false,
        offline: false,
      });
    } catch (error) {
      const problem = problemOf(error, 'root', this.root);
      return failed(problem.code, problem);
    }
  }

  list(path: string): AsyncIterable<Result<readonly SourceEntry[]>> {
    return this.#threads.list(path);
  }

  async open(path: string): Promise<Result<SourceFile>> {
    return openFile(join(this.root, path), path, await this.#rootDevice());
  }

  readFiles(
    paths: readonly string[],
    limit: number,
    lent?: ArrayBuffer,
  ): Promise<readonly Result<ReadFile | undefined>[]> {
    return this.#threads.read(this, paths, limit, lent);
  }

  rights(path: string): Promise<Result<Rights>> {
    return readRights(join(this.root, path), path);
  }

  async owner(path: string): Promise<Result<Owner>> {
    this.#owners ??= accountNames().then((accountOf) => new Owners(this, accountOf));
    return (await this.#owners).of(path);
  }

  principal(): Promise<Principal> {
    return Promise.resolve({ state: 'cannot-say' });
  }

  space(): Promise<Result<Space>> {
    return readSpace(this.root);
  }

  close(): Promise<void> {
    return this.#threads.close();
  }

  /** -1 while the root cannot be examined: no entry is on that device, so none gets a file id. */
  #rootDevice(): Promise<number> {
    this.#device ??= promises.stat(this.root).then(
      ({ dev }) => dev,
      () => -1,
    );
    return this.#device;
  }
}
