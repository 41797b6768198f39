/** The kinds of what is limited: units of the service's own currency, bytes that are brought, and requests. */
export const budgetKinds = ['units', 'bytes', 'requests'] as const;
export type BudgetKind = (typeof budgetKinds)[number];

/** So much of each kind. */
export type Amounts = Readonly<Record<BudgetKind, number>>;

/** What one machine may spend of one kind. */
export interface Lot {
  /** Its part of what the service tells of, 0 to 1. */
  readonly share: number;
  /** At most so much a second; absent: as fast as it can. */
  readonly perSecond?: number | undefined;
  /** At most so much since its session began; absent: without an end. */
  readonly upTo?: number | undefined;
}

/** The part of a budget that one machine has, for the time being. */
export interface Slice {
  /** Later ones have higher numbers; above 0. */
  readonly number: number;
  readonly lots: Readonly<Record<BudgetKind, Lot>>;
}
