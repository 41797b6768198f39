/** A piece of work that is done. */
export interface Piece {
  /** When it was done; milliseconds on any clock. */
  readonly at: number;
  /** How long a worker was busy with it, in milliseconds; what it waited for others to let it go on does not count. */
  readonly took: number;
  /** How much it was, in whatever work is measured. */
  readonly work: number;
}

/** What is different from work to work. Times in milliseconds. */
export interface PaceRules {
  readonly first: number;
  readonly fewest: number;
  readonly most: number;
  /** A window ends after this long and when each worker has done so many pieces, on average; at the latest after the third time. */
  readonly windowMs: number;
  /** As long as it is doubled, the steps are large and soon seen. */
  readonly doublingWindowMs: number;
  readonly windowAtMostMs: number;
  readonly piecesEach: number;
  /** Windows at the same number before another is tried. */
  readonly steadyWindows: number;
  /** A quarter fewer are enough if they have at least this part of the rate. Whatever is given up here adds up from step to step. */
  readonly enough: number;
}

/** Twice as many that bring less than this are not worth their places (AzCopy asks for a fifth of the linear hope). */
const WORTH_DOUBLING = 1.25;
/** Half more that bring this much are the beginning of more. */
const WORTH_MORE = 1.12;
/** What has become this much slower, or faster, is another thing: everything is tried anew. */
const CHANGED = 2;
/** Of their time that workers must have had something to do for a window to say anything about more of them. */
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
 * How many pieces of work are done side by side. Nobody tells us how many a share, a line or a service bears, so it is tried:
 * as long as twice as many bring clearly more, they are doubled; later half more and a quarter fewer are tried in turn for
 * ever, and what brings nothing is given up, so that answers which only become slower are a step back. Pure: all time is handed in.
 */
export class Pace {
  readonly #rules: PaceRules;
  #limit: number;
  #phase: Phase = { is: 'doubling', before: undefined };
  #since: number;
  #work = 0;
  #count = 0;
  #busyMs = 0;

  constructor(now: number, rules: PaceRules) {
    this.#rules = rules;
    this.#limit = Math.min(rules.first, rules.most);
    this.#since = now;
  }

  /** Pieces of work that may be under way at the same time now. */
  get limit(): number {
    return this.#limit;
  }

  done({ at, took, work }: Piece): void {
    // The clock was set back: what was measured by it is worthless.
    if (at < this.#since) {
      this.#begin(at);
      return;
    }
    this.#count += 1;
    this.#work += work;
    this.#busyMs += took;
    const elapsed = at - this.#since;
    const { doublingWindowMs, windowMs, windowAtMostMs, piecesEach } = this.#rules;
    const window = this.#phase.is === 'doubling' ? doublingWindowMs : windowMs;
    if (elapsed < window || (this.#count < this.#limit * piecesEach && elapsed < windowAtMostMs)) return;
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

  /** @param busy false: there was too little to do, so the rate says nothing about the limit */
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
      this.#phase = steadyAt(before, 'more', this.#rules.steadyWindows - 3);
    } else if (point.limit >= this.#rules.most) {
      this.#phase = steadyAt(point, 'fewer');
    } else {
      this.#limit = Math.min(this.#rules.most, point.limit * 2);
      this.#phase = { is: 'doubling', before: point };
    }
  }

  #steady(now: Point, { point, windows, next }: Extract<Phase, { is: 'steady' }>): void {
    if (point && (now.rate * CHANGED < point.rate || now.rate > point.rate * CHANGED)) {
      this.#phase = steadyAt(now, 'more', this.#rules.steadyWindows - 1);
      return;
    }
    // The rate that is compared with is always a fresh one.
    if (windows + 1 < this.#rules.steadyWindows) {
      this.#phase = { is: 'steady', point: now, windows: windows + 1, next };
      return;
    }
    const limit =
      next === 'more'
        ? Math.min(this.#rules.most, Math.ceil(now.limit * 1.5))
        : Math.max(Math.min(this.#rules.fewest, this.#rules.most), Math.floor(now.limit * 0.75));
    if (limit === now.limit) {
      this.#phase = steadyAt(now, other(next));
      return;
    }
    this.#limit = limit;
    this.#phase = { is: 'trying', what: next, from: now };
  }

  #tried(now: Point, what: 'more' | 'fewer', from: Point, busy: boolean): void {
    const isWorthIt =
      what === 'more'
        ? busy && now.rate >= from.rate * WORTH_MORE
        : now.rate >= from.rate * this.#rules.enough;
    if (!isWorthIt) {
      this.#limit = from.limit;
      this.#phase = steadyAt(from, other(what));
    } else if (what === 'more') {
      this.#phase = { is: 'doubling', before: undefined };
    } else {
      // Still enough: soon even fewer are tried.
      this.#phase = steadyAt(now, 'fewer', this.#rules.steadyWindows - 2);
    }
  }
}

function steadyAt(point: Point, next: 'more' | 'fewer', windows = 0): Phase {
  return { is: 'steady', point, windows, next };
}

function other(what: 'more' | 'fewer'): 'more' | 'fewer' {
  return what === 'more' ? 'fewer' : 'more';
}
