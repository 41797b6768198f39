import { Allowances, type Limits } from './allowances.ts';
import type { Room } from './division.ts';
import { Pressure } from './pressure.ts';
import type { Amounts, BudgetKind } from './slice.ts';
import type { Quota } from './told-quota.ts';

const UNLIMITED = Number.POSITIVE_INFINITY;

/** What was spent since the last time, and how it was answered. */
export interface Spent extends Amounts {
  readonly refused: number;
}

/**
 * One budget that the service counts by (of an application, of a person, of a whole tenant), with all that was spent of it by
 * whomever. Pure: time is handed in, in milliseconds.
 */
export class Pot {
  readonly #limits: Limits;
  readonly #allowances: Allowances;
  /** Where the service may tell of its units and does not: its refusals say what it bears. */
  readonly #pressure: Pressure | undefined;

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#pressure = limits.quotaWindowMs === undefined ? undefined : new Pressure();
    this.#allowances = new Allowances(limits);
  }

  /** The limit of units that the service told of last. */
  get limit(): number | undefined {
    return this.#allowances.limit;
  }

  /** Whether the limit is one of a short time, which the service tells of with its answers. */
  get tells(): boolean {
    return this.#limits.quotaWindowMs !== undefined;
  }

  told({ limit }: Pick<Quota, 'limit'>): void {
    this.#allowances.told(limit);
  }

  spent({ units, bytes, requests, refused }: Spent, now: number): void {
    this.#allowances.units?.spent(units, now);
    this.#allowances.bytes?.spent(bytes, now);
    this.#allowances.requests?.spent(requests, now);
    const answers = Math.max(0, requests - refused);
    if (answers > 0) this.#pressure?.accepted(units, now, answers);
    if (refused > 0) this.#pressure?.refused(now, refused);
  }

  /** What there is to divide of a kind. */
  room(kind: BudgetKind, now: number): Room {
    const { left, perSecond } = this.#allowances[kind]?.room(now) ?? {
      left: UNLIMITED,
      perSecond: UNLIMITED,
    };
    const borne = kind === 'units' ? this.#pressure?.rate(now) : undefined;
    const pressed = Math.min(perSecond, borne ?? UNLIMITED);
    const { quotaWindowMs } = this.#limits;
    const told = kind === 'units' ? this.limit : undefined;
    const flows =
      told === undefined || quotaWindowMs === undefined ? UNLIMITED : (told / quotaWindowMs) * 1_000;
    return { inflow: Math.min(flows, pressed), perSecond: pressed, left };
  }
}
