import type { Freeze, Payer } from '../../../src-shared/contract/budget.ts';
import { Admission } from '../../budget/admission.ts';
import { Ledger } from '../../budget/ledger.ts';
import type { TokenSource } from '../../tenant/token-source.ts';
import { Gate } from './gate.ts';
import { limitsOf } from './limits.ts';
import type { Time } from './time.ts';

/** What all requests of one sign-in on this machine share: what is told to one of them holds for all. */
export interface SignInBudget {
  readonly payer: Payer;
  readonly gate: Gate;
  readonly admission: Admission;
}

/** The gates and ledgers of a machine, one for each sign-in. */
export class SignInBudgets {
  readonly #known = new Map<string, SignInBudget & { readonly time: Time }>();
  /** The last order to wait of each tenant that came from elsewhere, and when it came. */
  readonly #frozen = new Map<string, Freeze & { readonly at: number }>();
  /** Called when the service refused a request here. */
  onRefused: (() => void) | undefined;

  /**
   * That of a sign-in; made at its first use.
   * @param tenant its id, where it is known: two machines may call it by two of its names
   */
  of(tokens: TokenSource, time: Time, tenant?: string): SignInBudget {
    const payer = payerOf(tokens, tenant);
    const key = JSON.stringify(payer);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const gate = new Gate(time);
    gate.onRefused = () => this.onRefused?.();
    const admission = new Admission(new Ledger(limitsOf(payer)), time);
    const made = { payer, gate, admission, time };
    this.#known.set(key, made);
    const frozen = this.#frozen.get(payer.tenant);
    if (frozen !== undefined) gate.hold(frozen.forMs - Math.max(0, time.now() - frozen.at));
    return made;
  }

  all(): readonly (SignInBudget & { readonly time: Time })[] {
    return [...this.#known.values()];
  }

  /**
   * Nothing is sent to a tenant for so long from now on, by whichever sign-in. An order that is told again is not drawn out by the
   * time that it was on its way.
   */
  freeze(freeze: Freeze, now: number): void {
    const { tenant, number, forMs } = freeze;
    if (this.#frozen.get(tenant)?.number === number) return;
    this.#frozen.set(tenant, { ...freeze, at: now });
    for (const { payer, gate } of this.#known.values()) if (payer.tenant === tenant) gate.hold(forMs);
  }
}

/** Names as the service takes them, upper and lower case alike. */
function payerOf({ who, asPerson, app }: TokenSource, id: string | undefined): Payer {
  const tenant = (id ?? who.tenant).toLowerCase();
  const account = who.account.toLowerCase();
  if (asPerson !== true) return { tenant, app: (app ?? account).toLowerCase() };
  return { tenant, app: (app ?? '').toLowerCase(), person: account };
}
