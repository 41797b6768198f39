import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Admission } from './admission.ts';
import { Ledger, type Limits } from './ledger.ts';

const MINUTE = 60_000;
const limits: Limits = {
  quotaWindowMs: MINUTE,
  longUnits: (limit) => ({ amount: limit * 960, windowMs: 1_440 * MINUTE }),
};
const request = { units: 2, bytes: 0 };

describe('Ledger', () => {
  it('grants at once while nothing is known', () => {
    const ledger = new Ledger(limits);
    for (let i = 0; i < 10_000; i++) expect(ledger.book({ units: 2, bytes: 1_000_000 }, 7)).toBe(7);
  });

  it('keeps to what flows in once the service told that most is gone', () => {
    const ledger = new Ledger(limits);
    ledger.told({ limit: 1_200, remaining: 240, resetMs: 1_000 }, 0);
    const times = Array.from({ length: 100 }, () => ledger.book(request, 0));
    // 20 units a second: one request of two each 100 ms.
    times.forEach((at, i) => {
      expect(at).toBeCloseTo(i * 100, 5);
    });
  });

  it('lets nobody overtake those who wait when there is plenty again', () => {
    const ledger = new Ledger(limits);
    ledger.told({ limit: 1_200, remaining: 240, resetMs: 1_000 }, 0);
    for (let i = 0; i < 100; i++) ledger.book(request, 0);
    ledger.told({ limit: 1_200, remaining: 1_000, resetMs: 1_000 }, 1_000);
    expect(ledger.book(request, 1_000)).toBeCloseTo(10_000, 5);
    expect(ledger.book(request, 20_000)).toBe(20_000);
  });

  it('keeps to the allowances of persons', () => {
    const person = { ...limits, requests: { amount: 3_000, windowMs: 5 * MINUTE } };
    const ledger = new Ledger(person);
    const times = Array.from({ length: 7_000 }, () => ledger.book(request, 0));
    expect(times[1_499]).toBe(0);
    for (const [i, at] of times.entries()) {
      const fifthMinuteBefore = times[i - 3_000];
      if (fifthMinuteBefore !== undefined) expect(at - fifthMinuteBefore).toBeGreaterThanOrEqual(5 * MINUTE);
    }
  });

  it('never empties a bucket of a service that tells, whoever asks for how much', () => {
    const steps = fc.array(
      fc.record({ after: fc.integer({ min: 0, max: 3_000 }), units: fc.integer({ min: 1, max: 40 }) }),
      {
        minLength: 50,
        maxLength: 300,
      },
    );
    fc.assert(
      fc.property(steps, (wishes) => {
        const ledger = new Ledger(limits);
        let level = 1_200;
        let filled = 0;
        let now = 0;
        for (const { after, units } of wishes) {
          now += after;
          now = Math.max(now, ledger.book({ units, bytes: 0 }, now));
          level = Math.min(1_200, level + ((now - filled) / 1_000) * 20) - units;
          filled = now;
          expect(level).toBeGreaterThanOrEqual(0);
          if (level <= 240) ledger.told({ limit: 1_200, remaining: Math.floor(level), resetMs: 1_000 }, now);
        }
      }),
    );
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

describe('Admission', () => {
  it('is no wait where there is none, and says what it waits for where there is', async () => {
    let now = 0;
    const said: (string | undefined)[] = [];
    const ledger = new Ledger(limits);
    const admission = new Admission(ledger, {
      now: () => now,
      sleep: async (ms) => {
        now += ms;
      },
    });
    expect(admission.pass(request, {})).toBeUndefined();
    ledger.told({ limit: 1_200, remaining: 200, resetMs: 1_000 }, now);
    void admission.pass({ units: 20, bytes: 0 }, {});
    await admission.pass(request, { onWait: (wait) => said.push(wait) });
    expect(said).toEqual(['budget', undefined]);
    expect(now).toBe(1_000);
  });
});
