import { type BigIntStats, type Dir, type Dirent, lstatSync, opendirSync, type Stats } from 'node:fs';
import { sep } from 'node:path';
import { failed, ok } from '../../../src-shared/model/problem.ts';
import type { SourceEntry } from '../source.ts';
import { BATCH, type FolderListing, type ListingAnswer } from '../threads/protocol.ts';
import { entryProblem, problemOf } from './errors.ts';
import { type RawName, REPLACEMENT, readRawNames } from './raw-names.ts';
import { fileIdOf, isExact, kindOf, timesOf } from './stat.ts';

/**
 * One folder being listed, with synchronous calls: 380,000 entries/s in one thread here (40,000 files, warm,
 * November 2026), asynchronous ones a third of that. `opendir` is as fast as `readdir` and does not hold
 * the names of a folder of a million files.
 */
export class Listing implements FolderListing {
  readonly #path: string;
  /** The path with a separator at its end: `join` would look through the whole path again for each entry. */
  readonly #before: string;
  readonly #where: string;
  readonly #rootDevice: number;
  #dir: Dir | undefined;
  #raw: Map<string, RawName[]> | undefined;

  /** @param path absolute; `where` is how the folder is called in problems */
  constructor(path: string, where: string, rootDevice: number) {
    this.#path = path;
    this.#before = path.endsWith(sep) ? path : path + sep;
    this.#where = where;
    this.#rootDevice = rootDevice;
  }

  next(): ListingAnswer {
    try {
      this.#dir ??= opendirSync(this.#path, { bufferSize: BATCH });
      const entries: SourceEntry[] = [];
      while (entries.length < BATCH) {
        const dirent = this.#dir.readSync();
        if (dirent === null) {
          this.close();
          return ok({ entries, last: true });
        }
        entries.push(this.#examine(dirent));
      }
      return ok({ entries, last: false });
    } catch (error) {
      this.close();
      const problem = problemOf(error, 'folder', this.#where);
      return failed(problem.code, problem);
    }
  }

  close(): void {
    this.#dir?.closeSync();
    this.#dir = undefined;
  }

  #examine(dirent: Dirent): SourceEntry {
    if (!dirent.name.includes(REPLACEMENT)) {
      return this.#entry(dirent, this.#before + dirent.name, dirent.name, true);
    }
    this.#raw ??= readRawNames(this.#path);
    const raw = this.#raw.get(dirent.name)?.pop();
    // Made after the names were read as bytes: taken as it decodes.
    if (!raw) return this.#entry(dirent, this.#before + dirent.name, dirent.name, false);
    const path = Buffer.concat([Buffer.from(this.#before), raw.bytes]);
    return this.#entry(dirent, path, raw.text, raw.readable);
  }

  #entry(dirent: Dirent, path: string | Buffer, name: string, nameReadable: boolean): SourceEntry {
    try {
      const stat = lstatSync(path);
      const kind = kindOf(stat);
      return {
        name,
        nameReadable,
        kind,
        size: kind === 'file' ? stat.size : 0,
        ...timesOf(stat),
        fileId: fileIdOf(this.#exact(path, stat), this.#rootDevice),
        links: kind === 'file' ? stat.nlink : undefined,
        hidden: false,
        system: false,
        offline: false,
      };
    } catch (error) {
      const kind = kindOf(dirent);
      return {
        name,
        nameReadable,
        kind,
        size: 0,
        modified: 0,
        created: 0,
        fileId: undefined,
        hidden: false,
        system: false,
        offline: false,
        problem: entryProblem(error),
      };
    }
  }

  #exact(path: string | Buffer, stat: Stats): Stats | BigIntStats {
    return isExact(stat) ? stat : lstatSync(path, { bigint: true });
  }
}
