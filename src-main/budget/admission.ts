import type { Cost } from './allowances.ts';
import type { Ledger } from './ledger.ts';
import type { Amounts } from './slice.ts';

export interface AdmissionTime {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Resolves after `ms` milliseconds, or as soon as the signal is aborted. Never rejects. */
  readonly sleep: (ms: number, signal?: AbortSignal | undefined) => Promise<void>;
}

/** Who waits, and what may end it. */
interface Waiting {
  readonly signal?: AbortSignal | undefined;
  /** Calls back when a wait begins and ends, so that it can be said what is waited for. */
  readonly onWait?: ((wait: 'budget' | undefined) => void) | undefined;
}

interface Place {
  readonly cost: Cost;
  /** When its allowances let it go. */
  readonly from: number;
  readonly go: () => void;
}

const NOTHING: Amounts = { units: 0, bytes: 0, requests: 0 };
/** Without an end in sight it is looked again after so long, in milliseconds; another slice wakes earlier. */
const LOOKED_AGAIN = 60_000;

/** Where requests wait until the budget has room for them, in the order in which they came. */
export class Admission {
  readonly ledger: Ledger;
  readonly #time: AdmissionTime;
  readonly #queue: Place[] = [];
  #waiting = NOTHING;
  #mostWaiting = NOTHING;
  #letting = false;
  #woken = new AbortController();

  constructor(ledger: Ledger, time: AdmissionTime) {
    this.ledger = ledger;
    this.#time = time;
  }

  /** The most that waited at once since {@link forget}. */
  get wanted(): Amounts {
    return this.#mostWaiting;
  }

  forget(): void {
    this.#mostWaiting = this.#waiting;
  }

  /**
   * Books a request. Undefined, the usual answer: it may go at once. Otherwise resolves when it may, or as soon as the signal
   * is aborted. What is not sent after all is the caller's to refund.
   */
  pass(cost: Cost, waiting: Waiting): Promise<void> | undefined {
    const now = this.#time.now();
    const from = this.ledger.book(cost, now);
    if (this.#queue.length > 0 || from > now || this.ledger.due(cost, now) > now)
      return this.#wait(cost, from, waiting);
    this.ledger.spend(cost, now);
    return undefined;
  }

  /** There is another slice: who waits may go earlier. */
  changed(): void {
    this.#woken.abort();
  }

  async #wait(cost: Cost, from: number, { signal, onWait }: Waiting): Promise<void> {
    onWait?.('budget');
    await new Promise<void>((resolve) => {
      const leave = (): void => {
        const at = this.#queue.indexOf(place);
        if (at >= 0) this.#queue.splice(at, 1);
        place.go();
        this.changed();
      };
      const place: Place = {
        ...{ cost, from },
        go: () => {
          signal?.removeEventListener('abort', leave);
          this.#note(cost, -1);
          this.ledger.spend(cost, this.#time.now());
          resolve();
        },
      };
      this.#queue.push(place);
      this.#note(cost, 1);
      if (signal?.aborted === true) leave();
      else signal?.addEventListener('abort', leave);
      if (!this.#letting) void this.#letGo();
    });
    onWait?.(undefined);
  }

  /** Lets those who wait go, one after the other. */
  async #letGo(): Promise<void> {
    this.#letting = true;
    for (let first = this.#queue[0]; first !== undefined; first = this.#queue[0]) {
      const now = this.#time.now();
      const at = Math.max(first.from, this.ledger.due(first.cost, now));
      if (at <= now) {
        this.#queue.shift();
        first.go();
        continue;
      }
      if (this.#woken.signal.aborted) this.#woken = new AbortController();
      await this.#time.sleep(Math.min(at - now, LOOKED_AGAIN), this.#woken.signal);
    }
    this.#letting = false;
  }

  #note({ units, bytes }: Cost, sign: 1 | -1): void {
    const waiting = this.#waiting;
    this.#waiting = {
      units: waiting.units + sign * units,
      bytes: waiting.bytes + sign * bytes,
      requests: waiting.requests + sign,
    };
    const most = this.#mostWaiting;
    this.#mostWaiting = {
      units: Math.max(most.units, this.#waiting.units),
      bytes: Math.max(most.bytes, this.#waiting.bytes),
      requests: Math.max(most.requests, this.#waiting.requests),
    };
  }
}
