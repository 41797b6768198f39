import { partLeft } from './decay.ts';
import { fairShares } from './fair-shares.ts';
import type { Lot } from './slice.ts';

/** What an agent tells of one kind: running totals of its session, and what is in force. */
export interface Told {
  readonly session: string;
  readonly used: number;
  /** The most that waited at once. */
  readonly wanted: number;
  /** The slice that is in force, 0 for none, and the share in it. */
  readonly slice: number;
  readonly holds: number;
}

/** What there is to divide. */
export interface Room {
  /** So much flows in a second, as far as that is known; infinite when nothing is known to be limited. */
  readonly inflow: number;
  /** No more a second than this may be spent by all together. */
  readonly perSecond: number;
  /** No more than this may be spent at all, as things stand. */
  readonly left: number;
}

interface Given {
  readonly number: number;
  readonly at: number;
  readonly share: number;
  /** Running total that may be reached; 0 where none is named. */
  readonly upTo: number;
}

interface Member {
  session: string;
  used: number;
  wanted: number;
  /** Used in a second, smoothed. */
  rate: number;
  heardAt: number;
  /** The slice in force and every one given since: of no answer is it known that it arrived. */
  given: readonly Given[];
  /** The most that it may go by: its share, and what it may still spend of what is left. */
  promised: number;
  reserved: number;
}

/** What is used is smoothed over about so long. */
const SMOOTHED_MS = 3_000;
/** Whoever uses so much may soon use more of it. */
const GROWTH = 1.5;
/** Shares and sums are worked out anew after so long: with hundreds of agents not for each of their beats. */
const KEPT_MS = 200;

/**
 * Divides one kind of a budget between agents who beat, each at its own time, so that nobody can be told anything at once. A share is
 * only raised by what the others are known to have given up: all together never have more than the whole, whatever is lost or late on the
 * way. Who is silent, or does not hear, loses its share by {@link partLeft}. Pure: time is handed in, in milliseconds.
 */
export class Division {
  readonly #members = new Map<string, Member>();
  #promised = 0;
  #reserved = 0;
  #shares: ReadonlyMap<string, number> = new Map();
  #workedOutAt = Number.NEGATIVE_INFINITY;

  /** Agents that have a part of it, or had one not long ago. */
  get size(): number {
    return this.#members.size;
  }

  /** Takes what an agent tells. @returns what it has used since it was last heard; nothing is known of the time before the first time */
  hear(agent: string, told: Told, now: number): number {
    const known = this.#members.get(agent);
    if (known?.session !== told.session) {
      const { session, used, wanted } = told;
      const given = [{ number: told.slice, at: now, share: told.holds, upTo: 0 }];
      const fresh = { session, used, wanted, rate: 0, heardAt: now, given, promised: 0, reserved: 0 };
      this.#members.set(agent, fresh);
      this.#workedOutAt = Number.NEGATIVE_INFINITY;
      return known === undefined ? 0 : used;
    }
    const more = Math.max(0, told.used - known.used);
    const elapsed = now - known.heardAt;
    if (elapsed > 0) {
      known.rate += ((more / elapsed) * 1_000 - known.rate) * Math.min(1, elapsed / SMOOTHED_MS);
      known.heardAt = now;
    }
    if (told.wanted > 0 !== known.wanted > 0) this.#workedOutAt = Number.NEGATIVE_INFINITY;
    known.used += more;
    known.wanted = told.wanted;
    this.#setGiven(
      known,
      known.given.filter(({ number }) => number >= told.slice),
      now,
    );
    return more;
  }

  /** The lot of an agent that was heard, as part of the slice of this number. */
  lot(agent: string, number: number, room: Room, now: number): Lot {
    if (now - this.#workedOutAt >= KEPT_MS) this.#workOut(room, now);
    const own = this.#members.get(agent);
    if (own === undefined) throw new Error(`${agent} was not heard`);
    // Who goes by the same slice still, long after it was given another one, hears no answers.
    const hears = partLeft(now - (own.given[1]?.at ?? now));
    const wished = (this.#shares.get(agent) ?? 0) * hears;
    const share = Math.max(0, Math.min(wished, 1 - (this.#promised - own.promised)));
    const free = Math.min(room.left * share, room.left - (this.#reserved - own.reserved));
    const upTo = own.used + Math.max(0, free);
    const limited = Number.isFinite(upTo);
    this.#setGiven(own, [...own.given, { number, at: now, share, upTo: limited ? upTo : 0 }], now);
    return {
      share,
      ...(Number.isFinite(room.perSecond) ? { perSecond: room.perSecond * share } : {}),
      ...(limited ? { upTo } : {}),
    };
  }

  #setGiven(member: Member, given: readonly Given[], now: number): void {
    member.given = given;
    const promised = given.reduce((most, { share, at }) => Math.max(most, share * partLeft(now - at)), 0);
    const upTo = given.reduce(
      (most, one) => (partLeft(now - one.at) > 0 ? Math.max(most, one.upTo) : most),
      0,
    );
    const reserved = Math.max(0, upTo - member.used);
    this.#promised += promised - member.promised;
    this.#reserved += reserved - member.reserved;
    member.promised = promised;
    member.reserved = reserved;
  }

  #workOut(room: Room, now: number): void {
    this.#workedOutAt = now;
    this.#promised = 0;
    this.#reserved = 0;
    for (const [agent, member] of this.#members) {
      const given = member.given.filter(({ at }, index) => index === 0 || partLeft(now - at) > 0);
      member.promised = 0;
      member.reserved = 0;
      this.#setGiven(member, given, now);
      if (partLeft(now - member.heardAt) === 0 && member.promised === 0) this.#members.delete(agent);
    }
    const members = [...this.#members];
    const together = members.reduce((sum, [, { rate }]) => sum + rate, 0);
    // Where nothing is known to be limited, shares follow what each uses: they count from the moment on at which a limit is known.
    const whole = Number.isFinite(room.inflow) ? room.inflow : together;
    const needs = members.map(([, { wanted, rate, heardAt }]) => {
      // Of who is silent nobody knows a need; what it has is its own for a while all the same.
      if (partLeft(now - heardAt) < 1) return 0;
      if (wanted > 0) return Number.POSITIVE_INFINITY;
      return whole > 0 ? (rate * GROWTH) / whole : 0;
    });
    const shares = fairShares(needs);
    this.#shares = new Map(members.map(([name], index) => [name, shares[index] ?? 0]));
  }
}
