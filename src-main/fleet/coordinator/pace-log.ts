import { joined, type PaceRow } from '../../../src-shared/model/pace.ts';

const MINUTE = 60_000;

/** Gathers what a run does into rows of a minute, for the store. What was gathered is lost with the process: less than a minute. */
export class PaceLog {
  #open: PaceRow | undefined;
  #due: PaceRow[] = [];

  add(row: PaceRow): void {
    const open = this.#open;
    if (open === undefined) this.#open = row;
    else if (row.at - open.at < MINUTE && row.at >= open.at) this.#open = joined(open, row);
    else {
      this.#due.push(open);
      this.#open = row;
    }
  }

  /** Rows that are full; each is given once. With `all`, as at the end of a run, the one that is not as well. */
  take(all = false): PaceRow[] {
    const rows = this.#due;
    if (all && this.#open !== undefined) rows.push(this.#open);
    if (all) this.#open = undefined;
    this.#due = [];
    return rows;
  }
}
