import type { Cost, Ledger } from './ledger.ts';

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

/** Where requests wait until the budget has room for them, each for the time that it booked. */
export class Admission {
  readonly ledger: Ledger;
  readonly #time: AdmissionTime;

  constructor(ledger: Ledger, time: AdmissionTime) {
    this.ledger = ledger;
    this.#time = time;
  }

  /**
   * Books a request. Undefined, the usual answer: it may go at once. Otherwise resolves when it may, or as soon as the signal
   * is aborted. What is not sent after all is the caller's to refund.
   */
  pass(cost: Cost, { signal, onWait }: Waiting): Promise<void> | undefined {
    const wait = this.ledger.book(cost, this.#time.now()) - this.#time.now();
    return wait <= 0 ? undefined : this.#wait(wait, signal, onWait);
  }

  async #wait(ms: number, signal: AbortSignal | undefined, onWait: Waiting['onWait']): Promise<void> {
    onWait?.('budget');
    await this.#time.sleep(ms, signal);
    onWait?.(undefined);
  }
}
