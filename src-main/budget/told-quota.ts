/** What a service says of its quota: RateLimit-Limit, -Remaining and -Reset (draft-ietf-httpapi-ratelimit-headers-03). */
export interface Quota {
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds until it is full, or fuller, again. */
  readonly resetMs: number;
}

/** With a fifth left the service begins to tell, and from here on it is not spent faster than it comes. */
const EASED_BELOW = 0.2;

/**
 * How fast a quota may be spent that the service tells of once most of it is gone. It is not said whether it is a bucket that
 * fills or a count that starts anew, so the slower of both holds: what flows in, and what is left until the reset. Pure:
 * time is handed in, in milliseconds.
 */
export class ToldQuota {
  readonly #windowMs: number;
  #told: (Quota & { readonly at: number }) | undefined;
  /** Since it was told. */
  #spent = 0;

  /** @param windowMs the time that the limit is for; Microsoft's is one minute */
  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  told(quota: Quota, now: number): void {
    this.#told = { ...quota, at: now };
    this.#spent = 0;
  }

  /** Units of one window; undefined until the service told of it. */
  get limit(): number | undefined {
    return this.#told?.limit;
  }

  spent(amount: number): void {
    this.#spent += amount;
  }

  /** When the next may be spent after an amount that is spent at a time: at once as long as there is plenty. */
  next(amount: number, at: number): number {
    if (!this.#told) return at;
    const { limit, remaining, resetMs, at: toldAt } = this.#told;
    const elapsed = Math.max(0, at - toldAt);
    const inflow = limit / this.#windowMs;
    const left = remaining - this.#spent;
    if (Math.min(limit, left + inflow * elapsed) > limit * EASED_BELOW) return at;
    const toReset = Math.max(0, resetMs - elapsed);
    const untilReset = left > amount ? (amount / left) * toReset : toReset;
    return at + Math.max(amount / inflow, untilReset);
  }
}
