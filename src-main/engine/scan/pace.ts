/** A folder, or a batch of one, that was listed and recorded. */
export interface Listed {
  /** When it was done; milliseconds on any clock. */
  readonly at: number;
  /** How long it took, waiting for the store included. */
  readonly took: number;
  readonly entries: number;
}

/** The cap of what is asked of a share at the same time: SMB servers grant some 128 to 512 requests to a client altogether. */
export const MOST_AT_ONCE = 64;
const FEWEST = 2;
const FIRST = 4;

/** A window ends after this long and when every lister has been done once, on average; at the latest after the second time. */
const WINDOW_MS = 250;
/** As long as it is doubled, the steps are large and soon seen. */
const DOUBLING_WINDOW_MS = 100;
const WINDOW_AT_MOST_MS = 3_000;
/** What one call is worth in entries: an empty folder costs the server and us something too. */
const ENTRIES_A_CALL = 20;
/** Twice as many listers that bring less than this are not worth their places. */
const WORTH_DOUBLING = 1.25;
/** Half more that bring this much are the beginning of more. */
const WORTH_MORE = 1.12;
/** So much of the rate may be lost by a quarter fewer, and they are still enough. */
const ENOUGH = 0.95;
/** A share that has become this much slower, or faster, is another share: everything is tried anew. */
const CHANGED = 2;
/** Windows at the same number before another is tried. */
const STEADY_WINDOWS = 8;
/** Of their time that listers must have had something to do for a window to say anything about more of them. */
const BUSY = 0.7;

type Phase =
  | { readonly is: 'doubling'; readonly before: Point | undefined }
  | {
      readonly is: 'steady';
      readonly point: Point | undefined;
      readonly windows: number;
      readonly next: 'more' | 'fewer';
    }
  | { readonly is: 'trying'; readonly what: 'more' | 'fewer'; readonly from: Point };

interface Point {
  readonly limit: number;
  /** Work in a millisecond. */
  readonly rate: number;
}

/**
 * How many folders are listed side by side. A disk next to us wants two or three; a share where every call takes
 * milliseconds wants dozens. Nobody tells us which it is, so it is tried: as long as twice as many bring clearly more, they are
 * doubled; later half more and a quarter fewer are tried in turn, and what brings nothing is given up. Pure: all time is handed in.
 */
export class Pace {
  readonly #most: number;
  #limit: number;
  #phase: Phase = { is: 'doubling', before: undefined };
  #since: number;
  #work = 0;
  #count = 0;
  #busyMs = 0;

  constructor(now: number, most: number = MOST_AT_ONCE) {
    this.#most = most;
    this.#limit = Math.min(FIRST, most);
    this.#since = now;
  }

  /** Folders that may be listed at the same time now. */
  get limit(): number {
    return this.#limit;
  }

  done({ at, took, entries }: Listed): void {
    // The clock was set back: what was measured by it is worthless.
    if (at < this.#since) {
      this.#begin(at);
      return;
    }
    this.#count += 1;
    this.#work += entries + ENTRIES_A_CALL;
    this.#busyMs += took;
    const elapsed = at - this.#since;
    const window = this.#phase.is === 'doubling' ? DOUBLING_WINDOW_MS : WINDOW_MS;
    if (elapsed < window || (this.#count < this.#limit && elapsed < WINDOW_AT_MOST_MS)) return;
    // What was begun in the window before weighs in at its end, so this may be a little above 1.
    const busy = this.#busyMs / elapsed / this.#limit;
    this.#judge({ limit: this.#limit, rate: this.#work / elapsed }, busy >= BUSY);
    this.#begin(at);
  }

  #begin(at: number): void {
    this.#since = at;
    this.#work = 0;
    this.#count = 0;
    this.#busyMs = 0;
  }

  /** @param busy false: there were too few folders to list, so the rate says nothing about the limit */
  #judge(point: Point, busy: boolean): void {
    const phase = this.#phase;
    if (phase.is === 'doubling') this.#doubled(point, phase.before, busy);
    else if (phase.is === 'trying') this.#tried(point, phase.what, phase.from, busy);
    else if (busy) this.#steady(point, phase);
  }

  #doubled(point: Point, before: Point | undefined, busy: boolean): void {
    if (!busy) return;
    if (before && point.rate < before.rate * WORTH_DOUBLING) {
      // Not worth it, or a bad moment: back to where it was, and soon tried again.
      this.#limit = before.limit;
      this.#phase = steadyAt(before, 'more', STEADY_WINDOWS - 3);
    } else if (point.limit >= this.#most) {
      this.#phase = steadyAt(point, 'fewer');
    } else {
      this.#limit = Math.min(this.#most, point.limit * 2);
      this.#phase = { is: 'doubling', before: point };
    }
  }

  #steady(now: Point, { point, windows, next }: Extract<Phase, { is: 'steady' }>): void {
    if (point && (now.rate * CHANGED < point.rate || now.rate > point.rate * CHANGED)) {
      this.#phase = steadyAt(now, 'more', STEADY_WINDOWS - 1);
      return;
    }
    // The rate that is compared with is always a fresh one.
    if (windows + 1 < STEADY_WINDOWS) {
      this.#phase = { is: 'steady', point: now, windows: windows + 1, next };
      return;
    }
    const limit =
      next === 'more'
        ? Math.min(this.#most, Math.ceil(now.limit * 1.5))
        : Math.max(Math.min(FEWEST, this.#most), Math.floor(now.limit * 0.75));
    if (limit === now.limit) {
      this.#phase = steadyAt(now, other(next));
      return;
    }
    this.#limit = limit;
    this.#phase = { is: 'trying', what: next, from: now };
  }

  #tried(now: Point, what: 'more' | 'fewer', from: Point, busy: boolean): void {
    const isWorthIt =
      what === 'more' ? busy && now.rate >= from.rate * WORTH_MORE : now.rate >= from.rate * ENOUGH;
    if (!isWorthIt) {
      this.#limit = from.limit;
      this.#phase = steadyAt(from, other(what));
    } else if (what === 'more') {
      this.#phase = { is: 'doubling', before: undefined };
    } else {
      // Still enough: soon even fewer are tried.
      this.#phase = steadyAt(now, 'fewer', STEADY_WINDOWS - 2);
    }
  }
}

function steadyAt(point: Point, next: 'more' | 'fewer', windows = 0): Phase {
  return { is: 'steady', point, windows, next };
}

function other(what: 'more' | 'fewer'): 'more' | 'fewer' {
  return what === 'more' ? 'fewer' : 'more';
}
