import { beforeEach, describe, expect, it } from 'vitest';
import type { BudgetAnswer, BudgetClaim, Payer, Ring } from '../../../src-shared/contract/budget.ts';
import type { Beat } from '../../../src-shared/contract/fleet.ts';
import { BudgetDesk } from './budget-desk.ts';

const START = new Date(2026, 10, 23, 12, 0).getTime();
const app: Payer = { tenant: 'contoso', app: 'convoy' };
const none = { units: 0, bytes: 0, requests: 0 };
const told = { limit: 1_250, remaining: 200, resetMs: 1_000 };

let now: number;
/** The clock on the wall is ahead by so much. */
let ahead: number;
let rings: { machine: string; ring: Ring }[];
let desk: BudgetDesk;
let number: number;
beforeEach(() => {
  now = START;
  ahead = 0;
  rings = [];
  number = 0;
  desk = newDesk();
});

function newDesk(): BudgetDesk {
  return new BudgetDesk({ now: () => now + ahead, steady: () => now }, (machine, ring) =>
    rings.push({ machine, ring }),
  );
}

function claim(facts: Partial<BudgetClaim> = {}): BudgetClaim {
  return { payer: app, used: none, refused: 0, wanted: none, slice: 0, holds: none, ...facts };
}

function beat(machine: string, facts: Partial<BudgetClaim> = {}, session = `session of ${machine}`): Beat {
  number += 1;
  return {
    ...{ protocol: 1, machine, name: machine, session, number, freeSlots: 1, units: [] },
    budget: [claim(facts)],
  };
}

function answer(given: Beat): BudgetAnswer {
  desk.hear(given);
  return desk.answer(given);
}

const lots = (given: Beat) => answer(given).slices[0]?.lots;
const refusal = { number: 1, forMs: 30_000 };

describe('an order to wait', () => {
  it('is rung at once to all others that were heard, and told to them until it is over', () => {
    for (const machine of ['a', 'b', 'c']) answer(beat(machine));
    desk.hear(beat('b', { refusal }));
    expect(rings).toEqual(
      ['a', 'c'].map((machine) => ({
        machine,
        ring: { freezes: [{ tenant: 'contoso', number: START, forMs: 30_000 }] },
      })),
    );
    now += 10_000;
    expect(answer(beat('a')).freezes).toEqual([{ tenant: 'contoso', number: START, forMs: 20_000 }]);
    expect(answer(beat('b', { refusal: { number: 1, forMs: 20_000 } })).freezes).toEqual([]);
    // One that has just joined has claimed nothing yet.
    expect(answer({ ...beat('new'), budget: [] }).freezes).toHaveLength(1);
    now += 20_000;
    expect(answer(beat('a')).freezes).toEqual([]);
  });

  it('does not wait for a beat, and is not drawn out by what is told again or late', () => {
    answer(beat('a'));
    const alarm = { machine: 'b', session: 'session of b', refusals: [{ payer: app, ...refusal }] };
    desk.alarm(alarm);
    now += 5_000;
    desk.alarm(alarm);
    answer(beat('b', { refusal }));
    expect(rings).toHaveLength(1);
    expect(answer(beat('a')).freezes).toEqual([{ tenant: 'contoso', number: START, forMs: 25_000 }]);
  });

  it.each([3_600_000, -3_600_000])(
    'is neither ended nor drawn out by a clock that is set by %d ms',
    (set) => {
      answer(beat('a'));
      desk.hear(beat('b', { refusal }));
      ahead = set;
      now += 10_000;
      expect(answer(beat('a')).freezes).toMatchObject([{ forMs: 20_000 }]);
      now += 20_000;
      expect(answer(beat('a')).freezes).toEqual([]);
    },
  );

  it('is longer when a later one is, and never shorter', () => {
    answer(beat('a'));
    desk.hear(beat('b', { refusal }));
    desk.hear(beat('c', { refusal: { number: 7, forMs: 10_000 } }));
    expect(answer(beat('a')).freezes[0]).toMatchObject({ number: START, forMs: 30_000 });
    desk.hear(beat('c', { refusal: { number: 8, forMs: 40_000 } }));
    expect(answer(beat('a')).freezes[0]).toMatchObject({ number: START + 1, forMs: 40_000 });
    expect(rings.filter(({ machine }) => machine === 'a')).toHaveLength(2);
  });

  it('holds for every application of the tenant, and for no other tenant', () => {
    answer(beat('a', { payer: { tenant: 'contoso', app: 'another' } }));
    desk.hear(beat('b', { refusal }));
    const elsewhere = answer(beat('c', { payer: { tenant: 'fabrikam', app: 'convoy' } })).freezes;
    expect(elsewhere.map(({ tenant }) => tenant)).toEqual(['contoso']);
    expect(rings.map(({ machine }) => machine)).toEqual(['a']);
  });

  it('is known to a coordinator that was started anew as soon as the agent is heard that met it', () => {
    desk.hear(beat('b', { refusal }));
    desk = newDesk();
    expect(answer(beat('a')).freezes).toEqual([]);
    desk.hear(beat('b', { refusal: { number: 1, forMs: 25_000 } }));
    expect(rings.at(-1)?.ring.freezes).toEqual([{ tenant: 'contoso', number: START, forMs: 25_000 }]);
  });

  it('of a coordinator that was started anew is not taken for one of before', () => {
    answer(beat('a'));
    desk.hear(beat('b', { refusal }));
    const before = answer(beat('a')).freezes[0]?.number;
    now += 60_000;
    desk = newDesk();
    desk.hear(beat('b', { refusal: { number: 2, forMs: 5_000 } }));
    expect(answer(beat('a')).freezes[0]?.number).toBeGreaterThan(before ?? Number.POSITIVE_INFINITY);
  });
});

describe('slices', () => {
  it('are all of it for one machine, without an end as long as nothing is told', () => {
    expect(lots(beat('a'))).toEqual({
      units: { share: 1 },
      bytes: { share: 1, upTo: 400e9 },
      requests: { share: 1 },
    });
  });

  it('are of a person what Microsoft gives a person, together with all machines where that person signed in', () => {
    const payer = (name: string): Payer => ({ ...app, person: name });
    expect(lots(beat('a', { payer: payer('ann') }))?.requests).toEqual({ share: 1, upTo: 3_000 });
    expect(lots(beat('b', { payer: payer('bob') }))?.requests.upTo).toBe(3_000);
    expect(lots(beat('c', { payer: payer('ann') }))?.requests).toMatchObject({ upTo: 0 });
  });

  it('are of what the day leaves, once the service told how much that is', () => {
    answer(beat('a', { told }));
    const used = { ...none, units: 1_250 * 960 * 0.75 };
    const first = lots(beat('a', { told, used, slice: 1 }))?.units;
    // So much in five minutes is more than all applications have together.
    expect(first).toEqual({ share: 1, perSecond: 0, upTo: used.units });
    now += 600_000;
    const day = lots(beat('a', { told, used, slice: 2 }))?.units;
    expect(day?.upTo).toBe(used.units + 15 * 1_250);
    expect(day?.perSecond).toBeCloseTo((1_250 * 960 * 0.25) / (86_400 + 360 - 600), 1);
  });

  it('are slower where the service refuses without saying its limit', () => {
    let [units, refused, slice] = [0, 0, 0];
    let perSecond: number | undefined;
    for (let second = 0; second < 12; second += 1, now += 1_000) {
      units += 200;
      if (second > 10) refused += 300;
      const given = answer(
        beat('a', { used: { units, bytes: 0, requests: units / 2 + refused }, refused, slice }),
      );
      slice = given.slices[0]?.number ?? 0;
      perSecond = given.slices[0]?.lots.units.perSecond;
    }
    expect(perSecond).toBeGreaterThan(100);
    expect(perSecond).toBeLessThan(150);
  });

  it('are not given for a beat that was overtaken', () => {
    const [early, late] = [beat('a'), beat('a')];
    answer(late);
    expect(answer(early).slices).toHaveLength(1);
    expect(answer(beat('a', {}, 'session two')).slices).toHaveLength(1);
    expect(answer({ ...late, number: late.number + 1 }).slices).toEqual([]);
  });

  it('go on counting above what an agent has when the coordinator was started anew', () => {
    expect(answer(beat('a', { slice: 500 })).slices[0]?.number).toBeGreaterThan(500);
  });

  it('carry what an admin lets a machine send', () => {
    const work = { days: [1], from: 8 * 60, to: 18 * 60, bytesPerSecond: 2_000_000 };
    desk.limit('a', { bytesPerSecond: null, hours: [work] });
    expect(lots(beat('a'))?.bytes.perSecond).toBe(2_000_000);
    expect(lots(beat('b'))?.bytes.perSecond).toBeUndefined();
    now += 7 * 3_600_000;
    expect(lots(beat('a'))?.bytes.perSecond).toBeUndefined();
  });
});

describe('what is shown', () => {
  it('is the limit that the service told of, and how many machines share it', () => {
    answer(beat('a'));
    expect(desk.view()).toBeUndefined();
    answer(beat('b', { told }));
    expect(desk.view()).toEqual({ unitsAMinute: 1_250, machines: 2 });
  });
});
