import type { FolderListing, ListingAnswer } from '../listing-threads/protocol.ts';
import { FindListing } from './find-listing.ts';
import { IdListing } from './id-listing.ts';

/** What is known of the file system, so that it is not asked in vain for each folder. */
export interface Ways {
  fileIds: boolean;
}

/** One folder being listed, with file ids where the file system gives them. */
export class WindowsListing implements FolderListing {
  readonly #path: string;
  readonly #where: string;
  readonly #ways: Ways;
  #with: IdListing | FindListing;

  constructor(path: string, where: string, ways: Ways) {
    this.#path = path;
    this.#where = where;
    this.#ways = ways;
    this.#with = new (ways.fileIds ? IdListing : FindListing)(path, where);
  }

  next(): ListingAnswer {
    const answer = this.#with.next();
    if (answer) return answer;
    this.#with = new FindListing(this.#path, this.#where);
    const other = this.#with.next();
    // A file that took the place of the folder refuses both, and says nothing of the file system.
    if (other.ok) this.#ways.fileIds = false;
    return other;
  }

  close(): void {
    this.#with.close();
  }
}
