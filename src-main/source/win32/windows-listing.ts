import type { FolderListing, ListingAnswer } from '../threads/protocol.ts';

/** A listing that a file system may not know: it answers undefined then, and nothing was read. */
export interface UnsureListing {
  next(): ListingAnswer | undefined;
  close(): void;
}

/** What is known of the file system, so that it is not asked in vain for each folder. */
export interface Ways {
  fileIds: boolean;
}

/** One folder being listed, with file ids where the file system gives them, else without. */
export class WindowsListing implements FolderListing {
  readonly #ways: Ways;
  readonly #withoutIds: () => FolderListing;
  #listing: UnsureListing;

  constructor(ways: Ways, withIds: () => UnsureListing, withoutIds: () => FolderListing) {
    this.#ways = ways;
    this.#withoutIds = withoutIds;
    this.#listing = ways.fileIds ? withIds() : withoutIds();
  }

  next(): ListingAnswer {
    const answer = this.#listing.next();
    if (answer) return answer;
    const other = this.#withoutIds();
    this.#listing = other;
    const second = other.next();
    // A file that took the place of the folder refuses both, and says nothing of the file system.
    if (second.ok) this.#ways.fileIds = false;
    return second;
  }

  close(): void {
    this.#listing.close();
  }
}
