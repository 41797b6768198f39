import type { Clock } from './clock.ts';

/** How often it looks, in milliseconds: what is known is this much behind on a quiet computer. */
const EVERY = 5;

/**
 * Knows how far the tenant has read what was sent to it. On a busy computer a request may lie in the tenant's own
 * connection for half a second before the tenant gets to it; what a caller did is not to be judged by that. Looks only
 * while somebody is told to wait, and keeps no process alive.
 */
export class Pulse {
  readonly #now: Clock['now'];
  #readUpTo = Number.NEGATIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;
  #accepting = false;
  #until = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(now: Clock['now']) {
    this.#now = now;
  }

  /** What had arrived by then, in milliseconds since 1970, has been read. So what is read now came later. */
  get readUpTo(): number {
    return this.#readUpTo;
  }

  /** A connection was made. Of those that wait for that, one is let in with each turn of the event loop (libuv 1.45). */
  accepted(): void {
    this.#accepting = true;
  }

  /** Looks until that time at least. */
  watch(until: number): void {
    this.#until = Math.max(this.#until, until);
    this.#timer ??= this.#next();
  }

  stop(): void {
    this.#until = 0;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #next(): NodeJS.Timeout {
    return setTimeout(() => {
      const began = this.#now();
      this.#accepting = false;
      // After timers all connections are read, then this is called. A new connection is read a turn after it was made.
      setImmediate(() => {
        this.#readUpTo = this.#last;
        if (!this.#accepting) this.#last = began;
        this.#timer = this.#now() < this.#until ? this.#next() : undefined;
      });
    }, EVERY).unref();
  }
}
