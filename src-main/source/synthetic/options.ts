/** What a synthetic tree looks like. Shares are between 0 and 1. */
export interface SyntheticOptions {
  /** A whole number: another one gives another tree of the same size. */
  readonly seed: number;
  /** Files in all, exactly, as long as nothing was changed. */
  readonly files: number;
  /** Folders below the root, exactly. */
  readonly folders: number;
  /** Folders in a folder. */
  readonly fanOut?: number;
  /** Half of the files are smaller. */
  readonly medianBytes?: number;
  /** Standard deviation of the logarithm of the size; 0 makes all files the same size. */
  readonly sizeSpread?: number;
  /** Share of file names that the destination does not take as they are. */
  readonly oddNames?: number;
  /** What becomes of the files from one generation to the next. */
  readonly changes?: Changes;
  readonly access?: AccessShares;
  readonly faults?: Faults;
  readonly line?: LineOptions;
}

export interface Changes {
  /** Share of the files that have other content. */
  readonly changed: number;
  /** New files, as a share of those that the tree began with. */
  readonly added: number;
  readonly deleted: number;
}

/** Shares of folders and files whose access list differs from what is handed down to them. */
export interface AccessShares {
  /** Nothing is inherited. */
  readonly isProtected?: number;
  /** Inherited, and an entry more. */
  readonly added?: number;
  /** As the last, and the entry denies. */
  readonly denied?: number;
  /** As the one before, for an account that was deleted. */
  readonly orphaned?: number;
}

/** Shares of what is listed and cannot be read. */
export interface Faults {
  readonly unreadableFolders?: number;
  readonly vanishedFolders?: number;
  readonly unreadableFiles?: number;
  readonly vanishedFiles?: number;
  readonly lockedFiles?: number;
}

/** What lies between us and the tree, as with a file server. */
export interface LineOptions {
  /** How long the answer to each call takes. */
  readonly latencyMs?: number;
  /** Calls that the server works on side by side; others wait for their turn. */
  readonly servedAtOnce?: number;
  /** The network breaks with this call (the first is 0) and is back after so many more. */
  readonly outage?: { readonly fromCall: number; readonly calls: number };
}

export const noChanges: Changes = { changed: 0, added: 0, deleted: 0 };
