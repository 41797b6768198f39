import type { DriveItem } from './drive-item.ts';

interface Entry {
  readonly at: number;
  readonly item: DriveItem;
}

/**
 * The order of changes in a drive, for delta. Every item stands in it once, at its last change: an entry
 * is dead as soon as its item has a later one. Dead entries are swept out when they outnumber the living.
 */
export class ChangeLog {
  #entries: Entry[] = [];
  #living = 0;
  #last = 0;

  /** The number of the latest change. */
  get last(): number {
    return this.#last;
  }

  /** Puts the item at the end. */
  note(item: DriveItem): void {
    this.#last += 1;
    if (item.changed === 0) this.#living += 1;
    item.changed = this.#last;
    this.#entries.push({ at: this.#last, item });
    if (this.#entries.length > 1000 && this.#entries.length > 2 * this.#living) {
      this.#entries = this.#entries.filter((entry) => entry.item.changed === entry.at);
      this.#living = this.#entries.length;
    }
  }

  /** Takes items over from a journal; each keeps the place that it has. */
  restore(items: readonly DriveItem[], last: number): void {
    this.#entries = items.map((item) => ({ at: item.changed, item })).sort((a, b) => a.at - b.at);
    this.#living = this.#entries.length;
    this.#last = Math.max(last, this.#entries.at(-1)?.at ?? 0);
  }

  /** Items whose last change is later than `mark`, in that order. */
  *after(mark: number): Generator<DriveItem> {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#entries[middle]?.at ?? 0) > mark) high = middle;
      else low = middle + 1;
    }
    for (let i = low; i < this.#entries.length; i++) {
      const entry = this.#entries[i];
      if (entry !== undefined && entry.item.changed === entry.at) yield entry.item;
    }
  }
}
