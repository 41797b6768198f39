import { Allowances, type Cost, type Limits, type LimitUse } from './allowances.ts';
import { Lease } from './lease.ts';
import { Pacer } from './pacer.ts';
import { Pressure } from './pressure.ts';
import { type Amounts, type BudgetKind, budgetKinds, type Slice } from './slice.ts';
import { type Quota, ToldQuota } from './told-quota.ts';

/**
 * The budget that all requests of one sign-in on this machine share, whoever sends them: nothing is spent that is not booked here. It
 * goes by the slice that the coordinator gave of what all machines have together ({@link Lease}), and by what the service itself tells. Pure: time
 * is handed in, in milliseconds since 1970.
 */
export class Ledger {
  readonly #quota: ToldQuota;
  readonly #allowances: Allowances;
  readonly #pressure = new Pressure();
  readonly #lease = new Lease();
  /** Works off pauses of the whole quota, in milliseconds, at the speed of our share in it. */
  readonly #quotaPacer = new Pacer();
  readonly #pacers: Readonly<Record<BudgetKind, Pacer>> = {
    units: new Pacer(),
    bytes: new Pacer(),
    requests: new Pacer(),
  };
  #used: Amounts = { units: 0, bytes: 0, requests: 0 };
  #refused = 0;

  constructor(limits: Limits) {
    this.#quota = new ToldQuota(limits.quotaWindowMs ?? 0);
    this.#allowances = new Allowances(limits);
  }

  /**
   * Books a request in the allowances of long times, which this machine alone must not pass either.
   * @returns when it may be sent as far as they go: `now` or later
   */
  book(cost: Cost, now: number): number {
    return this.#allowances.book(cost, now);
  }

  /** When a booked request may be sent as far as slice and quota go: `now`, later, or never as things stand. Another slice changes it. */
  due(cost: Cost, now: number): number {
    const { share } = this.#lease.terms('units', now);
    return budgetKinds.reduce(
      (latest, kind) => Math.max(latest, this.#dueOf(kind, amountOf(cost, kind), now)),
      this.#quota.last === undefined ? now : this.#quotaPacer.due(now, share),
    );
  }

  /** A booked request is sent. */
  spend(cost: Cost, now: number): void {
    const { share } = this.#lease.terms('units', now);
    this.#quotaPacer.spend(this.#quota.pause(cost.units, now, share), now, share);
    this.#quota.spent(cost.units);
    for (const kind of budgetKinds)
      this.#pacers[kind].spend(amountOf(cost, kind), now, this.#speed(kind, now));
    this.#count(cost, 1);
  }

  /** What was booked and spent was not sent after all. The place in time that it had is not given to another. */
  refund(cost: Cost): void {
    this.#quota.spent(-cost.units);
    this.#allowances.refund(cost);
    this.#count(cost, -1);
  }

  /** The service says what is left. */
  told(quota: Quota, now: number): void {
    this.#quota.told(quota, now);
    this.#allowances.told(quota.limit);
  }

  accepted(units: number, now: number): void {
    this.#pressure.accepted(units, now);
  }

  /** The service refused a request because there were too many. How long to wait is the business of a gate. */
  refused(now: number): void {
    this.#refused += 1;
    this.#pressure.refused(now);
  }

  /** Another slice of what all machines have together; see {@link Lease.take}. */
  take(slice: Slice, sentAt: number, used: Amounts): void {
    this.#lease.take(slice, sentAt, used);
  }

  /** Running totals, and what is in force: what the coordinator is told. */
  state(now: number): {
    readonly used: Amounts;
    readonly refused: number;
    readonly slice: number;
    readonly holds: Amounts;
    readonly told: (Quota & { readonly at: number }) | undefined;
  } {
    const share = (kind: BudgetKind): number =>
      this.#lease.number === 0 ? 0 : this.#lease.terms(kind, now).share;
    return {
      used: this.#used,
      refused: this.#refused,
      slice: this.#lease.number,
      holds: { units: share('units'), bytes: share('bytes'), requests: share('requests') },
      told: this.#quota.last,
    };
  }

  /** How much of each known limit is used: what a forecast has to reckon with. */
  allowances(now: number): LimitUse[] {
    return this.#allowances.uses(now);
  }

  #dueOf(kind: BudgetKind, amount: number, now: number): number {
    if (amount === 0) return now;
    const { upTo } = this.#lease.terms(kind, now);
    // One request may go beyond: else one that is larger than what is left would never be sent.
    if (this.#used[kind] >= upTo) return Number.POSITIVE_INFINITY;
    return this.#pacers[kind].due(now, this.#speed(kind, now));
  }

  /** So much a millisecond. Without a slice the refusals that this machine met itself are what there is to go by. */
  #speed(kind: BudgetKind, now: number): number {
    const { perSecond } = this.#lease.terms(kind, now);
    const alone = this.#lease.number === 0 && kind === 'units';
    return (alone ? this.#pressure.rate(now) : perSecond) / 1_000;
  }

  #count({ units, bytes }: Cost, sign: 1 | -1): void {
    const used = this.#used;
    this.#used = {
      units: used.units + sign * units,
      bytes: used.bytes + sign * bytes,
      requests: used.requests + sign,
    };
  }
}

function amountOf(cost: Cost, kind: BudgetKind): number {
  return kind === 'requests' ? 1 : cost[kind];
}
