import type { BudgetAnswer, BudgetClaim, Ring } from '../../../src-shared/contract/budget.ts';
import type { FleetContract } from '../../../src-shared/contract/fleet.ts';
import type { SignInBudget, SignInBudgets } from '../../destination/graph/sign-in-budgets.ts';

/** Orders to wait that come in one burst are told together: the first at once, the rest after so long. */
const BURST_MS = 50;

export interface LeasedBudgetParts {
  readonly budgets: SignInBudgets;
  readonly machine: string;
  readonly session: string;
  readonly fleet: FleetContract;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Called when the next beat should not wait. */
  readonly onNews: () => void;
}

/** The budgets of this machine's sign-ins as a lease from the coordinator: told and renewed with each beat. */
export class LeasedBudget {
  readonly #parts: LeasedBudgetParts;
  /** When the claims of the last beat were put together, by each budget's own clock. */
  readonly #claimed = new Map<SignInBudget, { readonly at: number; readonly used: BudgetClaim['used'] }>();
  #telling = false;
  #moreToTell = false;

  constructor(parts: LeasedBudgetParts) {
    this.#parts = parts;
    parts.budgets.onRefused = () => void this.#tellOfRefusal();
  }

  /** What is to be said in a beat that is sent now. */
  claims(): BudgetClaim[] {
    return this.#parts.budgets.all().map((budget) => {
      const { payer, gate, admission, time } = budget;
      const at = time.now();
      const { told, ...state } = admission.ledger.state(at);
      this.#claimed.set(budget, { at, used: state.used });
      return {
        ...{ payer, ...state, wanted: admission.wanted },
        ...(told ? { told: { limit: told.limit, remaining: told.remaining, resetMs: told.resetMs } } : {}),
        ...(gate.refusal ? { refusal: gate.refusal } : {}),
      };
    });
  }

  /** Takes the answer to the last beat. */
  take(answer: BudgetAnswer | undefined): void {
    if (answer === undefined) return;
    for (const budget of this.#parts.budgets.all()) {
      const slice = answer.slices.find(({ payer }) => JSON.stringify(payer) === JSON.stringify(budget.payer));
      const claimed = this.#claimed.get(budget);
      if (slice === undefined || claimed === undefined) continue;
      budget.admission.ledger.take(slice, claimed.at, claimed.used);
      budget.admission.forget();
      budget.admission.changed();
    }
    this.ring(answer);
  }

  /** All wait: the service said so to one of them. */
  ring({ freezes }: Ring): void {
    for (const freeze of freezes) this.#parts.budgets.freeze(freeze, this.#parts.now());
  }

  async #tellOfRefusal(): Promise<void> {
    this.#moreToTell = true;
    if (this.#telling) return;
    this.#telling = true;
    const { budgets, fleet, machine, session, sleep, onNews } = this.#parts;
    const never = new AbortController().signal;
    while (this.#moreToTell) {
      this.#moreToTell = false;
      const refusals = budgets
        .all()
        .flatMap(({ payer, gate }) => (gate.refusal ? [{ payer, ...gate.refusal }] : []));
      if (refusals.length > 0) fleet.alarm?.({ machine, session, refusals });
      onNews();
      await sleep(BURST_MS, never);
    }
    this.#telling = false;
  }
}
