import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partLeft } from './decay.ts';
import { Division, type Room } from './division.ts';

const MORE = Number.POSITIVE_INFINITY;
const open: Room = { inflow: MORE, perSecond: MORE, left: MORE };

/** An agent that keeps to its lot as an agent does. */
class Member {
  readonly name: string;
  #sessions = 0;
  used = 0;
  #slice = 0;
  #share = 0;
  #upTo = 0;
  #since = 0;

  constructor(name: string) {
    this.name = name;
  }

  share(now: number): number {
    return this.#share * partLeft(now - this.#since);
  }

  perSecond = MORE;

  /** What it may still spend. */
  reserved(now: number): number {
    return this.isGone(now) ? 0 : Math.max(0, this.#upTo - this.used);
  }

  /** It was silent for so long that nothing of its lot is left. */
  isGone(now: number): boolean {
    return partLeft(now - this.#since) === 0;
  }

  beat(
    division: Division,
    at: { readonly now: number; readonly number: number; readonly room: Room; readonly wanted?: number },
    fate: 'arrives' | 'is lost' | 'answer is lost' | 'comes twice' = 'arrives',
  ): void {
    if (fate === 'is lost') return;
    const told = {
      ...{ session: `${this.name} ${this.#sessions}`, used: this.used, wanted: at.wanted ?? 0 },
      ...{ slice: this.#slice, holds: this.share(at.now) },
    };
    division.hear(this.name, told, at.now);
    if (fate === 'comes twice') division.hear(this.name, told, at.now);
    const lot = division.lot(this.name, at.number, at.room, at.now);
    if (fate === 'answer is lost') return;
    this.#slice = at.number;
    this.#share = lot.share;
    this.#upTo = lot.upTo ?? MORE;
    this.perSecond = lot.perSecond ?? MORE;
    this.#since = at.now;
  }

  restart(): void {
    this.#sessions += 1;
    this.used = 0;
    this.#slice = 0;
    this.#share = 0;
    this.#upTo = 0;
  }
}

/** Each agent beats once a second, at a moment of its own. */
function run(members: readonly Member[], room: Room, seconds: number, wanted: (index: number) => number) {
  const division = new Division();
  let number = 0;
  for (let second = 0; second < seconds; second += 1)
    for (const [index, member] of members.entries()) {
      number += 1;
      const now = (second + index / members.length) * 1_000;
      member.beat(division, { now, number, room, wanted: wanted(index) });
    }
  return (seconds - 1 / members.length) * 1_000;
}

describe('Division', () => {
  it('gives one agent all at once', () => {
    const one = new Member('a');
    run([one], { inflow: 20, perSecond: 20, left: 1_000 }, 1, () => 0);
    expect([one.share(0), one.perSecond, one.reserved(0)]).toEqual([1, 20, 1_000]);
  });

  it('gives those who lack the same, and all that the others leave, within some beats', () => {
    const members = ['a', 'b', 'c', 'd'].map((name) => new Member(name));
    const now = run(members, { ...open, inflow: 20 }, 5, (index) => (index < 2 ? 10 : 0));
    const shares = members.map((member) => member.share(now));
    expect(shares[0]).toBeCloseTo(0.495, 5);
    expect(shares[1]).toBeCloseTo(0.495, 5);
    expect(shares[3]).toBeCloseTo(0.005, 5);
  });

  it('follows what each uses before anything is known to be limited', () => {
    const division = new Division();
    const [busy, idle] = [new Member('busy'), new Member('idle')];
    for (let second = 0; second < 10; second += 1) {
      busy.used += 50;
      busy.beat(division, { now: second * 1_000, number: second * 2 + 1, room: open });
      idle.beat(division, { now: second * 1_000 + 500, number: second * 2 + 2, room: open });
    }
    expect(busy.share(9_500)).toBeGreaterThan(0.9);
    expect(busy.perSecond).toBe(MORE);
  });

  it('counts what is used once, also what comes twice, late or out of a new session', () => {
    const division = new Division();
    const told = { wanted: 0, slice: 0, holds: 0 };
    expect(division.hear('a', { ...told, session: 's', used: 30 }, 0)).toBe(0);
    expect(division.hear('a', { ...told, session: 's', used: 50 }, 1)).toBe(20);
    expect(division.hear('a', { ...told, session: 's', used: 50 }, 1)).toBe(0);
    expect(division.hear('a', { ...told, session: 's', used: 40 }, 2)).toBe(0);
    expect(division.hear('a', { ...told, session: 's', used: 55 }, 3)).toBe(5);
    expect(division.hear('a', { ...told, session: 'another', used: 7 }, 4)).toBe(7);
  });

  it('hands on what a silent agent loses, as it loses it', () => {
    const division = new Division();
    const [gone, left] = [new Member('gone'), new Member('left')];
    let number = 0;
    const beat = (member: Member, now: number): void => {
      number += 1;
      member.beat(division, { now, number, room: { ...open, inflow: 20 }, wanted: 1 });
    };
    for (let second = 0; second < 5; second += 1)
      for (const member of [gone, left]) beat(member, second * 1_000);
    expect(left.share(4_000)).toBeCloseTo(0.5, 5);
    const seen: number[] = [];
    for (let second = 5; second < 130; second += 1) {
      beat(left, second * 1_000);
      seen.push(left.share(second * 1_000));
    }
    expect(seen[5]).toBeCloseTo(0.5, 5);
    expect(seen[20]).toBeGreaterThan(0.7);
    expect(seen.at(-1)).toBe(1);
    expect(division.size).toBe(1);
  });

  const fate = fc.constantFrom(
    'arrives' as const,
    'arrives' as const,
    'is lost' as const,
    'answer is lost' as const,
    'comes twice' as const,
  );
  const step = fc.record({
    agent: fc.integer({ min: 0, max: 4 }),
    after: fc.oneof(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 40_000 })),
    wanted: fc.constantFrom(0, 0, 5),
    use: fc.double({ min: 0, max: 1, noNaN: true }),
    fate,
    restarts: fc.constantFrom(false, false, false, false, true),
  });

  it('never gives more than the whole and what silent agents never told, whatever is lost, late or doubled, and whoever starts again', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 120 }), (steps) => {
        const division = new Division();
        const members = ['a', 'b', 'c', 'd', 'e'].map((name) => new Member(name));
        const whole = 1_000;
        let spentBefore = 0;
        let now = 0;
        const untold = new Untold();
        for (const [index, { agent, after, wanted, use, fate, restarts }] of steps.entries()) {
          const member = members[agent];
          if (member === undefined) throw new Error('no such agent');
          now += after;
          untold.look(members, now);
          const used = use * member.reserved(now);
          member.used += used;
          if (restarts) {
            // It told of what it had used before it ended.
            member.beat(
              division,
              { now, number: index * 2 + 1, room: { ...open, inflow: 20 } },
              'answer is lost',
            );
            spentBefore += member.used;
            member.restart();
            heard.set(member, 0);
          }
          const spent = spentBefore + members.reduce((sum, one) => sum + one.used, 0);
          const known = spent - members.reduce((sum, one) => sum + (one === member ? 0 : unheard(one)), 0);
          const room = { inflow: 20, perSecond: MORE, left: Math.max(0, whole - known) };
          member.beat(division, { now, number: index * 2 + 2, room, wanted }, fate);
          if (fate !== 'is lost') heard.set(member, member.used);
          const shares = members.reduce((sum, one) => sum + one.share(now), 0);
          expect(shares).toBeLessThanOrEqual(1 + 1e-9);
          const mayBe = members.reduce((sum, one) => sum + one.reserved(now), 0);
          expect(spent + mayBe).toBeLessThanOrEqual(whole + untold.sum + 1e-6);
        }
        heard.clear();
      }),
    );
  });
});

/** What was told last by each. */
const heard = new Map<Member, number>();

/** What it has used and nobody was told. */
function unheard(member: Member): number {
  return Math.max(0, member.used - (heard.get(member) ?? 0));
}

/**
 * What agents had spent and told nobody when nothing of their lots was left: the others were given it once more, and when it is told
 * later they have it already. No more than a slice each time.
 */
class Untold {
  #before = 0;
  readonly #now = new Map<Member, number>();

  /** To be asked before anybody is heard at this moment. */
  look(members: readonly Member[], now: number): void {
    for (const member of members) {
      if (member.isGone(now)) this.#now.set(member, unheard(member));
      else {
        this.#before += this.#now.get(member) ?? 0;
        this.#now.delete(member);
      }
    }
  }

  get sum(): number {
    return [...this.#now.values()].reduce((sum, one) => sum + one, this.#before);
  }
}
