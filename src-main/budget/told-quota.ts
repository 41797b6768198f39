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

  /** What the service said last, and when; undefined until it did. */
  get last(): (Quota & { readonly at: number }) | undefined {
    return this.#told;
  }

  spent(amount: number): void {
    this.#spent += amount;
  }

  /**
   * How long nothing more may be spent after an amount that is spent at a time, in milliseconds: not at all as long as there is plenty.
   * @param share the part of the quota that is ours: of what is left, and of what flows in; the pause is that of the whole quota
   */
  pause(amount: number, at: number, share = 1): number {
    if (!this.#told) return 0;
    const { limit, remaining, resetMs, at: toldAt } = this.#told;
    const elapsed = Math.max(0, at - toldAt);
    const inflow = limit / this.#windowMs;
    const left = remaining * share - this.#spent;
    if (Math.min(limit * share, left + inflow * share * elapsed) > limit * share * EASED_BELOW) return 0;
    const toReset = Math.max(0, resetMs - elapsed);
    const untilReset = left > amount ? (amount / left) * toReset : toReset;
    return Math.max(amount / inflow, untilReset * share);
  }
}
