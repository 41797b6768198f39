import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cost, Limits } from './allowances.ts';
import { Ledger } from './ledger.ts';
import type { Lot, Slice } from './slice.ts';

const MINUTE = 60_000;
const limits: Limits = {
  quotaWindowMs: MINUTE,
  longUnits: (limit) => ({ amount: limit * 960, windowMs: 1_440 * MINUTE }),
};
const request = { units: 2, bytes: 0 };
const NOTHING = { units: 0, bytes: 0, requests: 0 };

/** Sends a request as soon as it may go. @returns when that was; infinite: never, as things stand */
function send(ledger: Ledger, cost: Cost, now: number): number {
  let at = Math.max(now, ledger.book(cost, now));
  for (let due = ledger.due(cost, at); due > at && at < Number.POSITIVE_INFINITY; due = ledger.due(cost, at))
    at = due;
  ledger.spend(cost, at);
  return at;
}

/** One after the other. */
function sendMany(ledger: Ledger, count: number, cost: Cost, from: number): number[] {
  const times: number[] = [];
  for (let i = 0; i < count; i++) times.push(send(ledger, cost, times.at(-1) ?? from));
  return times;
}

function slice(number: number, lots: Partial<Record<keyof Slice['lots'], Lot>>): Slice {
  const whole = { share: 1 };
  return {
    number,
    lots: { units: whole, bytes: whole, requests: whole, ...lots },
  };
}

describe('Ledger', () => {
  it('lets go at once while nothing is known', () => {
    const ledger = new Ledger(limits);
    for (const at of sendMany(ledger, 10_000, { units: 2, bytes: 1_000_000 }, 7)) expect(at).toBe(7);
  });

  it('keeps to what flows in once the service told that most is gone', () => {
    const ledger = new Ledger(limits);
    ledger.told({ limit: 1_200, remaining: 240, resetMs: 1_000 }, 0);
    // 20 units a second: one request of two each 100 ms.
    sendMany(ledger, 100, request, 0).forEach((at, i) => {
      expect(at).toBeCloseTo(i * 100, 5);
    });
  });

  it('makes up for timers that wake late, and for no more', () => {
    const ledger = new Ledger(limits);
    ledger.take(slice(1, { units: { share: 1, perSecond: 20 } }), 9_000, NOTHING);
    let at = 0;
    for (let i = 0; i < 100; i++) at = send(ledger, request, at) + 3;
    expect(at).toBeLessThan(10_000);
    at += 1_000;
    expect(sendMany(ledger, 4, request, at).at(-1)).toBeGreaterThanOrEqual(at + 250);
  });

  it('keeps to the allowances of persons', () => {
    const person = { ...limits, requests: { amount: 3_000, windowMs: 5 * MINUTE } };
    const ledger = new Ledger(person);
    const times = sendMany(ledger, 7_000, request, 0);
    expect(times[1_499]).toBe(0);
    for (const [i, at] of times.entries()) {
      const fifthMinuteBefore = times[i - 3_000];
      if (fifthMinuteBefore !== undefined) expect(at - fifthMinuteBefore).toBeGreaterThanOrEqual(5 * MINUTE);
    }
  });

  it('never empties a bucket of a service that tells, whoever asks for how much', () => {
    const steps = fc.array(
      fc.record({ after: fc.integer({ min: 0, max: 3_000 }), units: fc.integer({ min: 1, max: 40 }) }),
      { minLength: 50, maxLength: 300 },
    );
    fc.assert(
      fc.property(steps, (wishes) => {
        const ledger = new Ledger(limits);
        let level = 1_200;
        let filled = 0;
        let now = 0;
        for (const { after, units } of wishes) {
          now = send(ledger, { units, bytes: 0 }, now + after);
          level = Math.min(1_200, level + ((now - filled) / 1_000) * 20) - units;
          filled = now;
          expect(level).toBeGreaterThanOrEqual(0);
          if (level <= 240) ledger.told({ limit: 1_200, remaining: Math.floor(level), resetMs: 1_000 }, now);
        }
      }),
    );
  });
});

describe('a ledger with a slice', () => {
  it('keeps to its share of what the service tells', () => {
    const ledger = new Ledger(limits);
    ledger.take(slice(1, { units: { share: 0.25 } }), 0, NOTHING);
    ledger.told({ limit: 1_200, remaining: 240, resetMs: 1_000 }, 0);
    const times = sendMany(ledger, 10, request, 0);
    expect(times.at(-1)).toBeCloseTo(9 * 400, 5);
  });

  it('goes faster or slower from the moment on at which there is another one', () => {
    const ledger = new Ledger(limits);
    ledger.take(slice(1, { units: { share: 1, perSecond: 1 } }), 0, NOTHING);
    ledger.spend({ units: 40, bytes: 0 }, 0);
    expect(ledger.due(request, 10_000)).toBeCloseTo(40_000, 5);
    ledger.take(slice(2, { units: { share: 1, perSecond: 10 } }), 10_000, NOTHING);
    expect(ledger.due(request, 10_000)).toBeCloseTo(13_000, 5);
    ledger.take(slice(3, { units: { share: 1 } }), 10_500, NOTHING);
    expect(ledger.due(request, 10_500)).toBe(10_500);
  });

  it('spends no more than it says, but for one request, until there is another one', () => {
    const ledger = new Ledger(limits);
    ledger.take(slice(1, { bytes: { share: 1, upTo: 25 } }), 0, NOTHING);
    const times = sendMany(ledger, 4, { units: 2, bytes: 10 }, 5);
    expect(times).toEqual([5, 5, 5, Number.POSITIVE_INFINITY]);
  });

  it('keeps it for a while without an answer, and spends less and less then, at last nothing', () => {
    const ledger = new Ledger(limits);
    for (let second = 0; second < 20; second += 1) {
      ledger.take(slice(second + 1, {}), second * 1_000, ledger.state(second * 1_000).used);
      for (let i = 0; i < 50; i++) ledger.spend(request, second * 1_000 + i * 20);
    }
    const bySecond = new Map<number, number>();
    for (let at = send(ledger, request, 19_000); at < 200_000; at = send(ledger, request, at + 5)) {
      const second = Math.floor(at / 1_000);
      bySecond.set(second, (bySecond.get(second) ?? 0) + 2);
    }
    const between = (from: number, to: number): number =>
      [...bySecond].filter(([second]) => second >= from && second < to).reduce((sum, [, n]) => sum + n, 0);
    expect(between(20, 28)).toBe(8 * 400);
    // It had spent some 90 units a second: that is kept to, halved every ten seconds.
    expect(between(30, 40) / 10).toBeGreaterThan(50);
    expect(between(30, 40) / 10).toBeLessThan(90);
    expect(between(60, 70) / 10).toBeLessThan(10);
    expect(between(131, 200)).toBe(0);
  });
});

describe('what a ledger tells of its limits', () => {
  it('is what is known of them: the quota once the service told, and what is used of the others', () => {
    const ledger = new Ledger({
      ...limits,
      bytes: { amount: 1_000, windowMs: 240_000 },
      longUnits: (limit) => ({ amount: limit * 10, windowMs: 2_400_000 }),
    });
    ledger.book({ units: 5, bytes: 300 }, 0);
    expect(ledger.allowances(0).map(({ kind, used, freeFrom }) => [kind, used, freeFrom])).toEqual([
      ['bytes', 300, 241_000],
    ]);
    ledger.told({ limit: 100, remaining: 50, resetMs: 1_000 }, 0);
    ledger.book({ units: 7, bytes: 0 }, 0);
    const known = ledger.allowances(0);
    expect(known.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['quota', 100],
      ['long-units', 1_000],
      ['bytes', 1_000],
    ]);
    expect(known[1]?.used).toBe(7);
    expect(ledger.allowances(241_000).at(-1)?.used).toBe(0);
  });
});
