import type { LineOptions } from './options.ts';

/** Waits for so many milliseconds. */
export type Sleep = (ms: number) => Promise<void>;

/**
 * What lies between us and a synthetic tree: every call takes its time, the server works on so many at once, and the
 * network breaks. It counts, so that a test can say how many calls there were and how many at the same time.
 */
export class Line {
  readonly #options: LineOptions;
  readonly #sleep: Sleep;
  #calls = 0;
  #inFlight = 0;
  #mostInFlight = 0;
  #served = 0;
  #queue: (() => void)[] = [];
  /** Set to false: the network is broken until it is set to true. */
  connected = true;

  constructor(options: LineOptions, sleep: Sleep) {
    this.#options = options;
    this.#sleep = sleep;
  }

  get calls(): number {
    return this.#calls;
  }

  get mostInFlight(): number {
    return this.#mostInFlight;
  }

  /** Makes a call to the server. @returns whether it was answered */
  async call(): Promise<boolean> {
    const number = this.#calls++;
    this.#inFlight += 1;
    this.#mostInFlight = Math.max(this.#mostInFlight, this.#inFlight);
    try {
      await this.#turn();
      const { latencyMs = 0 } = this.#options;
      if (latencyMs > 0) await this.#sleep(latencyMs);
      return this.connected && !this.#isOut(number);
    } finally {
      this.#inFlight -= 1;
      this.#served -= 1;
      this.#queue.shift()?.();
    }
  }

  async #turn(): Promise<void> {
    const { servedAtOnce = Number.POSITIVE_INFINITY } = this.#options;
    while (this.#served >= servedAtOnce) {
      await new Promise<void>((resolve) => {
        this.#queue.push(resolve);
      });
    }
    this.#served += 1;
  }

  #isOut(call: number): boolean {
    const { outage } = this.#options;
    return outage !== undefined && call >= outage.fromCall && call < outage.fromCall + outage.calls;
  }
}
