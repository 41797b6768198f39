/**
 * A long list read by keyset pages, of which only those near the eye are held: a list of millions costs the screen a
 * cursor and a length for each page that was passed, and rows for a few. All functions return a new window.
 */
export interface HeldPage<T> {
  /** How this page is asked for; undefined for the first. */
  readonly cursor: string | undefined;
  readonly size: number;
  /** Null when it was passed and let go. */
  readonly rows: readonly T[] | null;
}

export interface PageWindow<T> {
  readonly pages: readonly HeldPage<T>[];
  /** How the page after the last is asked for; null when there is none; undefined before the first answer. */
  readonly next: string | null | undefined;
  readonly total: number | null;
}

export interface PageAnswer<T> {
  readonly items: readonly T[];
  readonly cursor: string | null;
  readonly total: number | null;
}

export function emptyWindow<T>(): PageWindow<T> {
  return { pages: [], next: undefined, total: null };
}

/** Rows that are known of: held or passed. */
export function knownRows<T>(window: PageWindow<T>): number {
  return window.pages.reduce((sum, page) => sum + page.size, 0);
}

/** Which page holds row `index`, and where in it; undefined beyond what is known. */
export function locate<T>(
  window: PageWindow<T>,
  index: number,
): { readonly page: number; readonly offset: number } | undefined {
  let before = 0;
  for (const [page, { size }] of window.pages.entries()) {
    if (index < before + size) return index < 0 ? undefined : { page, offset: index - before };
    before += size;
  }
  return undefined;
}

export function rowAt<T>(window: PageWindow<T>, index: number): T | undefined {
  const place = locate(window, index);
  return place && window.pages[place.page]?.rows?.[place.offset];
}

/** How page `number` is asked for: one that was seen, or the one after the last. */
export function cursorOf<T>(window: PageWindow<T>, number: number): string | undefined {
  const held = window.pages[number];
  return held ? held.cursor : (window.next ?? undefined);
}

/**
 * Takes the answer for page `number`. Where the list changed meanwhile, so that the page now ends elsewhere, the
 * pages after it are dropped: they are read again when they come into sight.
 */
export function put<T>(window: PageWindow<T>, number: number, answer: PageAnswer<T>): PageWindow<T> {
  const page = { cursor: cursorOf(window, number), size: answer.items.length, rows: answer.items };
  const after = window.pages.slice(number + 1);
  const expected = after[0]?.cursor ?? window.next ?? null;
  const same = number < window.pages.length && after.length > 0 && expected === answer.cursor;
  return {
    pages: [...window.pages.slice(0, number), page, ...(same ? after : [])],
    next: same ? window.next : answer.cursor,
    total: answer.total,
  };
}

/** Lets go of the rows of all pages further than `reach` pages from the one in sight. */
export function forget<T>(window: PageWindow<T>, inSight: number, reach: number): PageWindow<T> {
  return {
    ...window,
    pages: window.pages.map((page, number) =>
      page.rows !== null && Math.abs(number - inSight) > reach ? { ...page, rows: null } : page,
    ),
  };
}

/** The first page that must be asked for so that rows `from` to `to` can be shown; undefined when all are there. */
export function missingPage<T>(window: PageWindow<T>, from: number, to: number): number | undefined {
  if (window.next === undefined) return 0;
  const first = locate(window, from)?.page ?? window.pages.length;
  const last = locate(window, to)?.page ?? window.pages.length;
  for (let number = first; number <= last; number += 1) {
    const page = window.pages[number];
    if (page ? page.rows === null : window.next !== null) return number;
  }
  return undefined;
}
