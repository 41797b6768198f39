import type { Freeze } from '../../../src-shared/contract/budget.ts';

interface Frozen {
  readonly number: number;
  /** By the steady clock of the coordinator. */
  readonly until: number;
  /** The session that was told to wait: it waits by itself. */
  readonly by: string;
}

/** What an agent tells of an order to wait that it got. */
export interface Refusal {
  readonly tenant: string;
  readonly machine: string;
  readonly session: string;
  /** Counted within the session. */
  readonly number: number;
  readonly forMs: number;
}

/**
 * Orders to wait, by tenant: what the service told one agent holds for all. Each is told again and again until it is over, and begins when it
 * is heard first: what is told twice would else never end. Pure: times are handed in, in milliseconds of a steady clock.
 */
export class Freezes {
  readonly #frozen = new Map<string, Frozen>();
  /** The last refusal that was heard of each machine. */
  readonly #heard = new Map<string, { readonly session: string; readonly number: number }>();
  #numbers = 0;

  /**
   * @param wall the time on the wall
   * @returns whether the tenant is frozen for longer than before
   */
  hear(refusal: Refusal, now: number, wall: number): boolean {
    const { tenant, machine, session, number, forMs } = refusal;
    const teller = `${machine} ${tenant}`;
    const last = this.#heard.get(teller);
    if (last?.session === session && number <= last.number) return false;
    this.#heard.set(teller, { session, number });
    const until = now + forMs;
    if (until <= (this.#frozen.get(tenant)?.until ?? now)) return false;
    // By the clock on the wall: an agent must not take it for one of a coordinator before this one, or of another.
    this.#numbers = Math.max(this.#numbers + 1, Math.floor(wall));
    this.#frozen.set(tenant, { number: this.#numbers, until, by: session });
    return true;
  }

  /** What a session is to be told: all that holds, but for what it told itself. */
  tell(session: string, now: number): Freeze[] {
    return [...this.#frozen].flatMap(([tenant, { number, until, by }]) =>
      until > now && by !== session ? [{ tenant, number, forMs: until - now }] : [],
    );
  }
}
