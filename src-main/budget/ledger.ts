import { type Allowance, SpreadAllowance } from './allowance.ts';
import { Pressure } from './pressure.ts';
import { type Quota, ToldQuota } from './told-quota.ts';

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
  /** The time that the limit of units is for which the service tells of, in milliseconds. */
  readonly quotaWindowMs: number;
  /** The allowance for longer than that, which follows from the limit that was told. */
  readonly longUnits: (limit: number) => Allowance;
}

/**
 * The budget that all requests of one sign-in share, whoever sends them: nothing is spent that is not booked here, and it is
 * booked with the time at which it may be spent. Pure: time is handed in, in milliseconds since 1970.
 */
export class Ledger {
  readonly #limits: Limits;
  readonly #quota: ToldQuota;
  readonly #pressure = new Pressure();
  readonly #bytes: SpreadAllowance | undefined;
  readonly #requests: SpreadAllowance | undefined;
  #longUnits: { readonly limit: number; readonly allowance: SpreadAllowance } | undefined;
  /** When the next unit may be spent; whoever asks later is not served earlier. */
  #next = Number.NEGATIVE_INFINITY;

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#quota = new ToldQuota(limits.quotaWindowMs);
    this.#bytes = limits.bytes && new SpreadAllowance(limits.bytes);
    this.#requests = limits.requests && new SpreadAllowance(limits.requests);
  }

  /** Books what a request costs. @returns when it may be sent: `now` or later */
  book({ units, bytes }: Cost, now: number): number {
    const long = this.#longUnits?.allowance.book(units, now) ?? now;
    const at = Math.max(
      this.#byRate(units, now),
      long,
      this.#bytes && bytes > 0 ? this.#bytes.book(bytes, now) : now,
      this.#requests?.book(1, now) ?? now,
    );
    this.#quota.spent(units);
    return at;
  }

  /** What was booked is not spent. The place in time that it had is not given to another. */
  refund({ units, bytes }: Cost): void {
    this.#quota.spent(-units);
    this.#longUnits?.allowance.refund(units);
    this.#bytes?.refund(bytes);
    this.#requests?.refund(1);
  }

  /** The service says what is left. */
  told(quota: Quota, now: number): void {
    this.#quota.told(quota, now);
    if (this.#longUnits?.limit === quota.limit) return;
    const allowance = new SpreadAllowance(this.#limits.longUnits(quota.limit));
    this.#longUnits = { limit: quota.limit, allowance };
  }

  accepted(units: number, now: number): void {
    this.#pressure.accepted(units, now);
  }

  /** The service refused a request because there were too many. How long to wait is the business of a gate. */
  refused(now: number): void {
    this.#pressure.refused(now);
  }

  /** How much of each known limit is used: what a forecast has to reckon with. */
  allowances(now: number): LimitUse[] {
    const states: LimitUse[] = [];
    const add = (kind: LimitUse['kind'], spread: SpreadAllowance | undefined): void => {
      if (spread === undefined) return;
      const { amount, windowMs } = spread.allowance;
      states.push({ kind, amount, windowMs, used: spread.used(now), freeFrom: spread.freeFrom(now) });
    };
    const { limit } = this.#quota;
    if (limit !== undefined && limit > 0)
      states.push({
        kind: 'quota',
        amount: limit,
        windowMs: this.#limits.quotaWindowMs,
        used: 0,
        freeFrom: now,
      });
    add('long-units', this.#longUnits?.allowance);
    add('bytes', this.#bytes);
    add('requests', this.#requests);
    return states;
  }

  #byRate(units: number, now: number): number {
    const at = Math.max(now, this.#next);
    const byPressure = at + (units / this.#pressure.rate(now)) * 1_000;
    this.#next = Math.max(byPressure, this.#quota.next(units, at));
    return at;
  }
}
