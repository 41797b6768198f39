import { type Allowance, SpreadAllowance } from './allowance.ts';

/** What one request costs besides being one. */
export interface Cost {
  /** In the service's own currency. */
  readonly units: number;
  /** Bytes that it brings. */
  readonly bytes: number;
}

/** How much of a limit is used, and when the oldest of it counts no more. `quota`: the units of a short time, as the service told. */
export interface LimitUse extends Allowance {
  readonly kind: 'quota' | 'long-units' | 'bytes' | 'requests';
  readonly used: number;
  readonly freeFrom: number;
}

/** What a service allows whoever signs in. What it does not say is not limited. */
export interface Limits {
  readonly bytes?: Allowance | undefined;
  readonly requests?: Allowance | undefined;
  /** The time that the limit of units is for which the service tells of, in milliseconds; absent where it tells of none. */
  readonly quotaWindowMs?: number | undefined;
  /** The allowance for longer than that, which follows from the limit that was told. */
  readonly longUnits?: ((limit: number) => Allowance) | undefined;
}

/** The allowances of long times, and what is used of each. Pure: time is handed in, in milliseconds since 1970. */
export class Allowances {
  readonly #limits: Limits;
  readonly bytes: SpreadAllowance | undefined;
  readonly requests: SpreadAllowance | undefined;
  #limit: number | undefined;
  #units: SpreadAllowance | undefined;

  constructor(limits: Limits) {
    this.#limits = limits;
    this.bytes = limits.bytes && new SpreadAllowance(limits.bytes);
    this.requests = limits.requests && new SpreadAllowance(limits.requests);
  }

  /** Of units; undefined until the service told its limit. */
  get units(): SpreadAllowance | undefined {
    return this.#units;
  }

  /** The limit of units in a short time, as the service told. */
  get limit(): number | undefined {
    return this.#limit;
  }

  /** The service told its limit. Another one than before begins the count of a long time anew. */
  told(limit: number): void {
    if (this.#limit === limit) return;
    this.#limit = limit;
    const { longUnits } = this.#limits;
    this.#units = longUnits && new SpreadAllowance(longUnits(limit));
  }

  /** Books what a request costs. @returns when it may be sent, as far as these limits go: `now` or later */
  book({ units, bytes }: Cost, now: number): number {
    return Math.max(
      this.#units?.book(units, now) ?? now,
      this.bytes && bytes > 0 ? this.bytes.book(bytes, now) : now,
      this.requests?.book(1, now) ?? now,
    );
  }

  /** What was booked is not spent. */
  refund({ units, bytes }: Cost): void {
    this.#units?.refund(units);
    this.bytes?.refund(bytes);
    this.requests?.refund(1);
  }

  /** How much of each known limit is used: what a forecast has to reckon with. */
  uses(now: number): LimitUse[] {
    const { quotaWindowMs } = this.#limits;
    const limit = this.#limit ?? 0;
    const quota: LimitUse[] =
      quotaWindowMs !== undefined && limit > 0
        ? [{ kind: 'quota', amount: limit, windowMs: quotaWindowMs, used: 0, freeFrom: now }]
        : [];
    const long = (
      [
        ['long-units', this.#units],
        ['bytes', this.bytes],
        ['requests', this.requests],
      ] as const
    ).flatMap(([kind, spread]): LimitUse[] =>
      spread === undefined
        ? []
        : [{ kind, ...spread.allowance, used: spread.used(now), freeFrom: spread.freeFrom(now) }],
    );
    return [...quota, ...long];
  }
}
