import { type WaitState, waitStates } from '../../src-shared/model/wait.ts';
import type { OnWait } from '../destination/destination.ts';

/** What every slot does or waits for, and how long it did: the sum names the limiting factor. */
export class Waits {
  readonly #now: () => number;
  readonly #slots: Slot[] = [];

  /** @param now milliseconds since 1970 */
  constructor(now: () => number) {
    this.#now = now;
  }

  slot(): Slot {
    const slot = new Slot(this.#now);
    this.#slots.push(slot);
    return slot;
  }

  get slots(): number {
    return this.#slots.length;
  }

  /** Milliseconds of slot time in each state since the beginning, up to now. */
  times(): Record<WaitState, number> {
    const sum = (state: WaitState): number =>
      this.#slots.reduce((total, slot) => total + slot.timeIn(state), 0);
    return Object.fromEntries(waitStates.map((state) => [state, sum(state)])) as Record<WaitState, number>;
  }
}

/** States in which a slot asks the source for something, so that waiting for leave to ask is what it does. */
const asking: ReadonlySet<WaitState> = new Set<WaitState>(['idle', 'listing', 'reading', 'hashing']);

/** A slot always has exactly one state. */
export class Slot {
  readonly #now: () => number;
  readonly #times = new Map<WaitState, number>();
  #state: WaitState = 'idle';
  /** What a call of the destination waits for, over what the slot believes to be doing. */
  #within: WaitState | undefined;
  /** Calls to the source that wait until it may be asked again. */
  #resting = 0;
  #since: number;

  constructor(now: () => number) {
    this.#now = now;
    this.#since = now();
  }

  /** Is in a state while something goes on, and in the former one after it. */
  async during<T>(state: WaitState, what: () => Promise<T>): Promise<T> {
    const before = this.#state;
    this.#change(() => {
      this.#state = state;
    });
    try {
      return await what();
    } finally {
      this.#change(() => {
        this.#state = before;
        this.#within = undefined;
      });
    }
  }

  /** For the calls of the destination, which know that they are throttled. */
  readonly onWait: OnWait = (wait) => {
    this.#change(() => {
      this.#within = wait;
    });
  };

  /** While a call to the source waits until it may be made. A slot that is sending meanwhile, and reads ahead, is sending. */
  async resting<T>(wait: () => Promise<T>): Promise<T> {
    this.#change(() => {
      this.#resting += 1;
    });
    try {
      return await wait();
    } finally {
      this.#change(() => {
        this.#resting -= 1;
      });
    }
  }

  timeIn(state: WaitState): number {
    const current = this.#shown() === state ? this.#elapsed() : 0;
    return (this.#times.get(state) ?? 0) + current;
  }

  #shown(): WaitState {
    if (this.#within) return this.#within;
    return this.#resting > 0 && asking.has(this.#state) ? 'resting' : this.#state;
  }

  #change(to: () => void): void {
    const state = this.#shown();
    this.#times.set(state, (this.#times.get(state) ?? 0) + this.#elapsed());
    this.#since = this.#now();
    to();
  }

  /** A clock that was set back costs nothing. */
  #elapsed(): number {
    return Math.max(0, this.#now() - this.#since);
  }
}
