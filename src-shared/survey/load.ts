/** What a copy that begins now would have to do: neither what is there already nor what cannot be copied. */
export interface Load {
  readonly files: number;
  readonly folders: number;
  readonly bytes: number;
  readonly emptyFiles: number;
  /** Fragments of all files that are not empty: at least one each. */
  readonly fragments: number;
}

/** Resource units of requests ("Avoid getting throttled or blocked in SharePoint Online", learn.microsoft.com). */
export const UNITS = { folder: 2, session: 2, emptyFile: 4, page: 1 } as const;

/** Assumed: Microsoft does not say what a fragment of an upload costs. */
export const UNITS_PER_FRAGMENT = 2;

/** Resource units that a file costs when nothing has to be repeated. */
export function unitsOfFile(bytes: number, fragmentBytes: number): number {
  if (bytes === 0) return UNITS.emptyFile;
  return UNITS.session + Math.ceil(bytes / fragmentBytes) * UNITS_PER_FRAGMENT;
}
