import type { Alarm, BudgetAnswer, BudgetClaim, Payer, Ring } from '../../../src-shared/contract/budget.ts';
import type { Overview } from '../../../src-shared/contract/console-types.ts';
import type { Beat } from '../../../src-shared/contract/fleet.ts';
import { type Bandwidth, bandwidthAt } from '../../../src-shared/model/bandwidth.ts';
import type { Clocks } from '../../basics/clocks.ts';
import { localClock } from '../../basics/local-clock.ts';
import { Division } from '../../budget/division.ts';
import { Pot } from '../../budget/pot.ts';
import type { BudgetKind, Lot } from '../../budget/slice.ts';
import { potsOf } from '../../destination/graph/limits.ts';
import { Freezes } from './freezes.ts';
import { Sessions } from './sessions.ts';

/** One budget that the service counts by, and who shares it. */
interface SharedPot {
  readonly pot: Pot;
  readonly divisions: Readonly<Record<BudgetKind, Division>>;
}

/** Machines that were heard of within so long are rung when all have to wait. */
const RUNG_MS = 60_000;

/**
 * The tenant's budget, owned by the coordinator: hears in each beat what an agent has spent, wants and was told, and answers with its slice of
 * what all have together. One refusal anywhere freezes all of the tenant's agents; those who did not meet it are rung. In memory only, and
 * apart from the order in which beats are answered: an order to wait is not kept waiting. All of it runs by the steady clock: one on the wall that
 * is set neither ends a wait early nor draws it out.
 */
export class BudgetDesk {
  readonly #now: () => number;
  readonly #wall: () => number;
  readonly #ring: (machine: string, ring: Ring) => void;
  readonly #pots = new Map<string, SharedPot>();
  readonly #sessions = new Sessions();
  readonly #freezes = new Freezes();
  readonly #seen = new Map<string, { readonly session: string; readonly at: number }>();
  /** Running totals of refused requests, by machine and payer. */
  readonly #refused = new Map<string, { readonly session: string; readonly count: number }>();
  readonly #bandwidths = new Map<string, Bandwidth>();
  #numbers = 0;

  constructor({ now, steady }: Clocks, ring: (machine: string, ring: Ring) => void) {
    this.#now = steady;
    this.#wall = now;
    this.#ring = ring;
  }

  /** How much of its line a machine takes from now on. */
  limit(machine: string, bandwidth: Bandwidth): void {
    this.#bandwidths.set(machine, bandwidth);
  }

  /** Takes what a beat tells, as soon as it comes. */
  hear(beat: Beat): void {
    const order = this.#sessions.note(beat);
    if (order === 'overtaken' || order === 'replaced') return;
    const now = this.#now();
    this.#seen.set(beat.machine, { session: beat.session, at: now });
    for (const claim of beat.budget ?? []) this.#take(beat, claim, now);
    this.alarm({
      ...{ machine: beat.machine, session: beat.session },
      refusals: (beat.budget ?? []).flatMap(({ payer, refusal }) => (refusal ? [{ payer, ...refusal }] : [])),
    });
  }

  /** An agent was told to wait: all wait, and those who do not know it yet are rung. */
  alarm({ machine, session, refusals }: Alarm): void {
    const now = this.#now();
    const longer = refusals.filter(({ payer, number, forMs }) =>
      this.#freezes.hear({ tenant: payer.tenant, machine, session, number, forMs }, now, this.#wall()),
    );
    if (longer.length === 0) return;
    for (const [other, seen] of this.#seen) {
      if (other === machine || now - seen.at > RUNG_MS) continue;
      this.#ring(other, { freezes: this.#freezes.tell(seen.session, now) });
    }
  }

  /** What a beat is answered with. Its claims were heard. */
  answer(beat: Beat): BudgetAnswer {
    const now = this.#now();
    const current = this.#seen.get(beat.machine)?.session === beat.session;
    const slices = (current ? (beat.budget ?? []) : []).map(({ payer }) => {
      this.#numbers += 1;
      const number = this.#numbers;
      const lots = {
        units: this.#lot(beat.machine, payer, 'units', number, now),
        bytes: this.#lot(beat.machine, payer, 'bytes', number, now),
        requests: this.#lot(beat.machine, payer, 'requests', number, now),
      };
      return { payer, number, lots };
    });
    return { slices, freezes: this.#freezes.tell(beat.session, now) };
  }

  /** The smallest limit of a minute that the service told of, and how many machines share it; undefined where it told of none. */
  view(): Overview['budget'] {
    const told = [...this.#pots.values()].flatMap(({ pot, divisions }) =>
      pot.limit === undefined || !pot.tells
        ? []
        : [{ unitsAMinute: pot.limit, machines: Math.max(1, divisions.units.size) }],
    );
    return told.toSorted((a, b) => a.unitsAMinute - b.unitsAMinute)[0];
  }

  #take(beat: Beat, claim: BudgetClaim, now: number): void {
    const { payer, used, wanted, slice, holds, told } = claim;
    // A coordinator that was started anew goes on counting above what an agent still has.
    this.#numbers = Math.max(this.#numbers, slice);
    const refused = this.#refusedSince(beat, claim);
    for (const { pot, divisions } of this.#potsOf(payer)) {
      const more = (kind: BudgetKind): number =>
        divisions[kind].hear(
          memberOf(beat.machine, payer),
          { session: beat.session, used: used[kind], wanted: wanted[kind], slice, holds: holds[kind] },
          now,
        );
      pot.spent({ units: more('units'), bytes: more('bytes'), requests: more('requests'), refused }, now);
      if (told !== undefined) pot.told(told);
    }
  }

  #refusedSince({ machine, session }: Beat, { payer, refused }: BudgetClaim): number {
    const member = memberOf(machine, payer);
    const last = this.#refused.get(member);
    this.#refused.set(member, { session, count: refused });
    if (last === undefined) return 0;
    return Math.max(0, refused - (last.session === session ? last.count : 0));
  }

  /** What the tightest of the budgets leaves; what the service tells of is that of the application, the first. */
  #lot(machine: string, payer: Payer, kind: BudgetKind, number: number, now: number): Lot {
    const shared = this.#potsOf(payer)
      .map(({ pot, divisions }) =>
        divisions[kind].lot(memberOf(machine, payer), number, pot.room(kind, now), now),
      )
      .reduce((first, other) => ({
        share: first.share,
        ...smaller('perSecond', first, other),
        ...smaller('upTo', first, other),
      }));
    return kind === 'bytes' ? this.#withBandwidth(machine, shared) : shared;
  }

  #withBandwidth(machine: string, lot: Lot): Lot {
    const bandwidth = this.#bandwidths.get(machine);
    if (bandwidth === undefined) return lot;
    const { weekday, minute } = localClock(this.#wall());
    const most = bandwidthAt(bandwidth, weekday, minute);
    return Number.isFinite(most)
      ? { ...lot, ...smaller('perSecond', lot, { share: 1, perSecond: most }) }
      : lot;
  }

  #potsOf(payer: Payer): readonly SharedPot[] {
    return potsOf(payer).map(({ key, limits }) => {
      const known = this.#pots.get(key);
      if (known !== undefined) return known;
      const divisions = { units: new Division(), bytes: new Division(), requests: new Division() };
      const made = { pot: new Pot(limits), divisions };
      this.#pots.set(key, made);
      return made;
    });
  }
}

function memberOf(machine: string, payer: Payer): string {
  return `${machine} ${payer.tenant} ${payer.app} ${payer.person ?? ''}`;
}

function smaller(field: 'perSecond' | 'upTo', one: Lot, other: Lot): Partial<Lot> {
  const values = [one[field], other[field]].filter((value) => value !== undefined);
  return values.length === 0 ? {} : { [field]: Math.min(...values) };
}
