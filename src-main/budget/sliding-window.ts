/** Into how many slots a window is cut: what is spent counts so much longer than it has to, of a day six minutes. */
const SLOTS = 240;

interface Slot {
  readonly from: number;
  amount: number;
}

/**
 * What was spent within the last stretch of time. Counted in slots, and a slot counts until all of it is out, so never too
 * little. Pure: time is handed in, in milliseconds on any clock; one that was set back counts as standing still.
 */
export class SlidingWindow {
  readonly #windowMs: number;
  readonly #slotMs: number;
  readonly #slots: Slot[] = [];
  #used = 0;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
    this.#slotMs = windowMs / SLOTS;
  }

  add(amount: number, at: number): void {
    const last = this.#slots.at(-1);
    this.#used += amount;
    if (last && at < last.from + this.#slotMs) last.amount += amount;
    else this.#slots.push({ from: Math.floor(at / this.#slotMs) * this.#slotMs, amount });
  }

  /** Takes back what was counted last. */
  remove(amount: number): void {
    for (let left = amount; left > 0; ) {
      const last = this.#slots.at(-1);
      if (!last) return;
      const taken = Math.min(left, last.amount);
      last.amount -= taken;
      this.#used -= taken;
      left -= taken;
      if (last.amount === 0) this.#slots.pop();
    }
  }

  /** What counts at a time; what ends before is forgotten. */
  used(at: number): number {
    for (let first = this.#slots[0]; first && this.#endOf(first) <= at; first = this.#slots[0]) {
      this.#slots.shift();
      this.#used -= first.amount;
    }
    return this.#slots.length === 0 ? 0 : this.#used;
  }

  /** The first time at which no more than `amount` counts. */
  downTo(amount: number, at: number): number {
    let left = this.used(at);
    for (const slot of this.#slots) {
      if (left <= amount) return at;
      left -= slot.amount;
      if (left <= amount) return this.#endOf(slot);
    }
    return at;
  }

  /** When the oldest that counts will be out. */
  oldestEnds(at: number): number {
    this.used(at);
    const [first] = this.#slots;
    return first ? this.#endOf(first) : at;
  }

  #endOf(slot: Slot): number {
    return slot.from + this.#slotMs + this.#windowMs;
  }
}
