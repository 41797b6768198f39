import type { CallOptions } from '../destination.ts';
import { News } from './news.ts';
import type { Time } from './time.ts';

/** Part of a waiting time that is added at random at most, so that machines of a fleet do not come back all at once. */
const JITTER = 0.1;
const LONGEST_JITTER = 5_000;
/** Timers may fire a millisecond early, and clocks of two machines never tick together. */
const SAFETY = 20;
/**
 * Where more than these wait, they are let through within a part of the waiting time, not in one crowd. Fewer are no more than what was
 * on its way before, and go at once: spread over a third of a second, the first was often refused before the second went, and
 * cost all of them the next wait.
 */
const CROWD = 32;
const SPREAD = 0.25;
const LONGEST_SPREAD = 1_000;

/**
 * The one gate that every request of a tenant goes through. Microsoft counts what is sent too early against the
 * app, so an order to wait that any request gets closes it for all of them (sp-dev-docs, "Avoid getting throttled").
 */
export class Gate {
  /** To be read before sending: a refusal may have arrived that would close it. */
  readonly news: News;
  readonly #time: Time;
  #closedUntil = 0;
  #spread = 0;
  #waiting = 0;
  /** The latest end that a refusal named to this process itself, without jitter, and how many such ends there were. */
  #refusal = { number: 0, until: 0 };
  /** Called when a refusal closes it for longer: others are to hear of it at once. */
  onRefused: (() => void) | undefined;

  constructor(time: Time) {
    this.news = new News(time.now);
    this.#time = time;
  }

  /** When it will open, in milliseconds since 1970; null when it is open. */
  get closedUntil(): number | null {
    return this.#closedUntil > this.#time.now() ? this.#closedUntil : null;
  }

  /** A request was refused and told to wait: closes it for `ms` milliseconds from now, plus jitter. What closes it longer already stays. */
  close(ms: number): void {
    const until = this.#time.now() + ms;
    this.hold(ms);
    if (until <= this.#refusal.until) return;
    this.#refusal = { number: this.#refusal.number + 1, until };
    this.onRefused?.();
  }

  /** The last order to wait that came to this process itself, and for how much longer it holds; undefined when it is over. */
  get refusal(): { readonly number: number; readonly forMs: number } | undefined {
    const { number, until } = this.#refusal;
    const forMs = until - this.#time.now();
    return forMs > 0 ? { number, forMs } : undefined;
  }

  /** Closes it likewise, since somebody else was told to wait. */
  hold(ms: number): void {
    if (ms <= 0) return;
    const jitter = this.#time.random() * Math.min(ms * JITTER, LONGEST_JITTER);
    const until = this.#time.now() + ms + jitter + SAFETY;
    if (until <= this.#closedUntil) return;
    this.#closedUntil = until;
    this.#spread = Math.min(ms * SPREAD, LONGEST_SPREAD);
  }

  /**
   * Resolves when the gate is open; false when the signal was aborted before. To be asked last, right before
   * sending: undefined (nothing to wait for) is the usual answer and costs no turn of the event loop.
   */
  pass(options: CallOptions): Promise<boolean> | undefined {
    return this.closedUntil === null ? undefined : this.#wait(options);
  }

  async #wait({ signal, onWait }: CallOptions): Promise<boolean> {
    onWait?.('throttled');
    this.#waiting += 1;
    let until = this.closedUntil;
    while (until !== null && signal?.aborted !== true) {
      const late = this.#waiting > CROWD ? this.#time.random() * this.#spread : 0;
      await this.#time.sleep(until - this.#time.now() + late, signal);
      until = this.closedUntil;
    }
    this.#waiting -= 1;
    onWait?.(undefined);
    return signal?.aborted !== true;
  }
}
