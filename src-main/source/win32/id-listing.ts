import { ok } from '../../../src-shared/model/problem.ts';
import type { SourceEntry } from '../source.ts';
import { BATCH, type ListingAnswer } from '../threads/protocol.ts';
import { forFolder } from './create-file.ts';
import { entryOf, isDots } from './entry.ts';
import { problemOf } from './errors.ts';
import { readIdData } from './id-data.ts';
import {
  closeHandle,
  createFile,
  getFileInformationEx,
  getLastError,
  type Handle,
  isInvalid,
} from './kernel32.ts';
import type { UnsureListing } from './windows-listing.ts';

/** FileIdBothDirectoryInfo and its form that begins anew. */
const ID_BOTH = 10;
const ID_BOTH_RESTART = 11;
/** Some 500 entries; what an SMB server gives in one answer. */
const BUFFER_BYTES = 65_536;

const FILE_NOT_FOUND = 2;
const NO_MORE_FILES = 18;
/** INVALID_FUNCTION, NOT_SUPPORTED, INVALID_PARAMETER, CALL_NOT_IMPLEMENTED, INVALID_LEVEL. */
const unknownHere: ReadonlySet<number> = new Set([1, 50, 87, 120, 124]);

/**
 * One folder being listed with GetFileInformationByHandleEx: what FindFirstFileExW gives and the file id, some hundred entries a
 * call.
 */
export class IdListing implements UnsureListing {
  readonly #path: string;
  readonly #where: string;
  readonly #data = Buffer.alloc(BUFFER_BYTES);
  #folder: Handle | undefined;
  /** Where the next entry is in the buffer; undefined when all of them were taken. */
  #at: number | undefined;
  #asked = false;

  constructor(path: string, where: string) {
    this.#path = path;
    this.#where = where;
  }

  next(): ListingAnswer | undefined {
    const entries: SourceEntry[] = [];
    while (entries.length < BATCH) {
      const error = this.#at === undefined ? this.#fill() : 0;
      if (error !== 0) {
        const first = !this.#asked;
        this.close();
        if (error === NO_MORE_FILES) return ok({ entries, last: true });
        return first && unknownHere.has(error) ? undefined : problemOf(error, 'folder', this.#where);
      }
      const { listed, next } = readIdData(this.#data, this.#at ?? 0);
      this.#at = next;
      if (!isDots(listed.name)) entries.push(entryOf(listed));
    }
    return ok({ entries, last: false });
  }

  close(): void {
    if (this.#folder !== undefined) closeHandle(this.#folder);
    this.#folder = undefined;
  }

  /** The next entries into the buffer. @returns 0, or the error */
  #fill(): number {
    if (this.#folder === undefined) {
      const folder = createFile(this.#path, ...forFolder);
      if (isInvalid(folder)) return getLastError();
      this.#folder = folder;
    }
    const kind = this.#asked ? ID_BOTH : ID_BOTH_RESTART;
    if (getFileInformationEx(this.#folder, kind, this.#data, BUFFER_BYTES) === 0) {
      const error = getLastError();
      // So an empty folder without dots answers.
      return error === FILE_NOT_FOUND && !this.#asked ? NO_MORE_FILES : error;
    }
    this.#asked = true;
    this.#at = 0;
    return 0;
  }
}
