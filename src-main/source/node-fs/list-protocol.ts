import type { ListingAnswer } from './listing.ts';

/** Main thread -> worker. `more` asks for the next entries of a listing; the first `more` opens it. */
export type ToLister =
  | { readonly type: 'more'; readonly listing: number; readonly path: string }
  | { readonly type: 'close'; readonly listing: number };

/** Worker -> main thread: one answer for each `more`, in order. */
export interface FromLister {
  readonly listing: number;
  readonly answer: ListingAnswer;
}

export interface ListerSettings {
  readonly root: string;
  readonly rootDevice: bigint;
}
