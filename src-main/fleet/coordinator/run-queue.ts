import type { RunEntry } from './run-entry.ts';

/** What decides about the order of runs: those with the higher priority first, then those that were started earlier. */
export interface Turn {
  readonly priority: number;
  readonly startedAt: number;
  readonly id: string;
}

export function compareTurns(a: Turn, b: Turn): number {
  return b.priority - a.priority || a.startedAt - b.startedAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Runs that have units which nobody was ever given, in the order in which they are begun. There may be many thousands. */
export class RunQueue {
  readonly #turns: { readonly turn: Turn; readonly entry: RunEntry }[] = [];
  readonly #queued = new Map<RunEntry, Turn>();

  /** Puts a run in, or where it belongs by now, or takes it out. */
  set(entry: RunEntry, priority: number | undefined): void {
    const before = this.#queued.get(entry);
    if (before?.priority === priority) return;
    if (before !== undefined) {
      this.#turns.splice(this.#find(before), 1);
      this.#queued.delete(entry);
    }
    if (priority === undefined) return;
    const { id, startedAt } = entry.run;
    const turn = { priority, startedAt, id };
    this.#turns.splice(this.#find(turn), 0, { turn, entry });
    this.#queued.set(entry, turn);
  }

  get size(): number {
    return this.#turns.length;
  }

  *[Symbol.iterator](): Generator<RunEntry> {
    for (const { entry } of this.#turns) yield entry;
  }

  /** Where a turn is, or would be. */
  #find(turn: Turn): number {
    let [low, high] = [0, this.#turns.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const at = this.#turns[middle];
      if (at !== undefined && compareTurns(at.turn, turn) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
