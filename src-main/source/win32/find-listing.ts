import { ok } from '../../../src-shared/model/problem.ts';
import type { SourceEntry } from '../source.ts';
import { BATCH, type FolderListing, type ListingAnswer } from '../threads/protocol.ts';
import { ATTRIBUTE } from './attributes.ts';
import { entryOf, isDots } from './entry.ts';
import { problemOf } from './errors.ts';
import { FIND_DATA_BYTES, readFindData } from './find-data.ts';
import {
  findClose,
  findFirstFileEx,
  findNextFile,
  getFileAttributes,
  getLastError,
  type Handle,
  isInvalid,
} from './kernel32.ts';

/** FindExInfoBasic: no short names, which the server would have to look up. */
const BASIC = 1;
const NAME_MATCH = 0;
/** FIND_FIRST_EX_LARGE_FETCH: more entries in one answer of the server. */
const LARGE_FETCH = 2;

const FILE_NOT_FOUND = 2;
const NO_MORE_FILES = 18;

/** One folder being listed with FindFirstFileExW: everything but the file id, without a call for each entry. */
export class FindListing implements FolderListing {
  readonly #path: string;
  readonly #where: string;
  readonly #data = Buffer.alloc(FIND_DATA_BYTES);
  #find: Handle | undefined;

  /** @param path in the form of `namespaced`; `where` is how the folder is called in problems */
  constructor(path: string, where: string) {
    this.#path = path;
    this.#where = where;
  }

  next(): ListingAnswer {
    const entries: SourceEntry[] = [];
    while (entries.length < BATCH) {
      const error = this.#step();
      if (error === 0) {
        const listed = readFindData(this.#data);
        if (!isDots(listed.name)) entries.push(entryOf(listed));
        continue;
      }
      this.close();
      return error === NO_MORE_FILES ? ok({ entries, last: true }) : problemOf(error, 'folder', this.#where);
    }
    return ok({ entries, last: false });
  }

  close(): void {
    if (this.#find !== undefined) findClose(this.#find);
    this.#find = undefined;
  }

  /** The next entry into the buffer. @returns 0, or the error */
  #step(): number {
    if (this.#find !== undefined) return findNextFile(this.#find, this.#data) === 0 ? getLastError() : 0;
    const pattern = this.#path.endsWith('\\') ? `${this.#path}*` : `${this.#path}\\*`;
    const find = findFirstFileEx(pattern, BASIC, this.#data, NAME_MATCH, null, LARGE_FETCH);
    if (!isInvalid(find)) {
      this.#find = find;
      return 0;
    }
    const error = getLastError();
    // The root of a drive has no dots, so an empty one matches nothing at all.
    return error === FILE_NOT_FOUND && this.#isFolder() ? NO_MORE_FILES : error;
  }

  #isFolder(): boolean {
    const attributes = getFileAttributes(this.#path);
    return attributes !== 0xffff_ffff && (attributes & ATTRIBUTE.directory) !== 0;
  }
}
