/** One column of a picture: what falls between two bounds. */
export interface Bin {
  /** Lower bound, included. */
  readonly from: number;
  /** Upper bound, not included; null for the last. */
  readonly to: number | null;
  readonly files: number;
  readonly bytes: number;
}

/** Counts files and their bytes between fixed bounds. What lies below the first bound belongs to the first bin. */
export class Bins {
  readonly #bounds: readonly number[];
  readonly #files: Float64Array;
  readonly #bytes: Float64Array;

  /** @param bounds lower bounds, ascending; at least one */
  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.#files = new Float64Array(bounds.length);
    this.#bytes = new Float64Array(bounds.length);
  }

  add(value: number, bytes: number): void {
    const index = this.#indexOf(value);
    this.#files[index] = (this.#files[index] ?? 0) + 1;
    this.#bytes[index] = (this.#bytes[index] ?? 0) + bytes;
  }

  list(): readonly Bin[] {
    return this.#bounds.map((from, index) => ({
      from,
      to: this.#bounds[index + 1] ?? null,
      files: this.#files[index] ?? 0,
      bytes: this.#bytes[index] ?? 0,
    }));
  }

  /** The last bound that is not above the value, found by halving. */
  #indexOf(value: number): number {
    let low = 0;
    let high = this.#bounds.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#bounds[middle] ?? Number.POSITIVE_INFINITY) <= value) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

const KB = 1_000;
const MB = 1_000_000;
const GB = 1_000_000_000;

/** Sizes in bytes, in steps of ten that end at what SharePoint takes. The first is for empty files alone. */
export const SIZE_BOUNDS = [
  0,
  1,
  KB,
  10 * KB,
  100 * KB,
  MB,
  10 * MB,
  100 * MB,
  GB,
  10 * GB,
  100 * GB,
  250 * 1024 ** 3,
];

const DAY = 86_400_000;
/** Milliseconds since the last change. The first bin is the future: a clock that goes wrong. */
export const AGE_BOUNDS = [
  Number.NEGATIVE_INFINITY,
  0,
  DAY,
  7 * DAY,
  30 * DAY,
  90 * DAY,
  365 * DAY,
  2 * 365 * DAY,
  3 * 365 * DAY,
  5 * 365 * DAY,
  10 * 365 * DAY,
];

/** Folders between the root and the file. */
export const DEPTH_BOUNDS = Array.from({ length: 21 }, (_, depth) => depth);

/** Characters of the path at the destination; 400 fit. */
export const PATH_BOUNDS = [0, 51, 101, 151, 201, 251, 301, 351, 401];

/** Resource units of one file: the first is that of every file which is no larger than one fragment. */
export const COST_BOUNDS: readonly number[] = [0, 5, 9, 17, 33, 65, 129, 1_025];
