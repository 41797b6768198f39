import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideGiveBack, type Giver } from './give-back.ts';

const giver = (unit: string, given: Partial<Giver> = {}): Giver => ({
  ...{ unit, rest: 100, scanning: false, asked: 0, barren: 0 },
  ...given,
});
const asks = (givers: readonly Giver[], idle: number, spare = 0, reserve = 0) =>
  Object.fromEntries(decideGiveBack(givers, { idle, spare, reserve }).asks);

describe('asking for pieces', () => {
  it.each([
    ['nobody is idle and nothing is to be in reserve', [giver('a')], 0, 0, 0, {}],
    ['enough is there', [giver('a')], 3, 3, 0, {}],
    ['enough is on its way', [giver('a', { asked: 3 })], 3, 0, 0, {}],
    ['one is idle', [giver('a')], 1, 0, 0, { a: 1 }],
    ['a reserve is wanted beside it', [giver('a')], 1, 0, 2, { a: 3 }],
    ['one has three times as much to do', [giver('a', { rest: 300 }), giver('b')], 4, 0, 0, { a: 3, b: 1 }],
    [
      'one is still listing',
      [giver('a', { rest: 5_000 }), giver('b', { scanning: true })],
      1,
      0,
      0,
      { b: 1 },
    ],
    ['one had nothing to give', [giver('a', { barren: 3 }), giver('b', { rest: 50 })], 1, 0, 0, { b: 1 }],
    ['all had nothing to give', [giver('a', { barren: 9 })], 1, 0, 0, { a: 1 }],
    ['one has nothing left', [giver('a', { rest: 0 })], 1, 0, 0, {}],
    ['more is wanted than one may be asked', [giver('a')], 500, 0, 0, { a: 64 }],
  ] as const)('when %s', (_, givers, idle, spare, reserve, expected) => {
    expect(asks(givers, idle, spare, reserve)).toEqual(expected);
  });

  it('says when more is wanted than anybody could be asked for', () => {
    const unmet = (givers: readonly Giver[]) =>
      decideGiveBack(givers, { idle: 2, spare: 0, reserve: 0 }).unmet;
    expect(unmet([giver('a')])).toBe(false);
    expect(unmet([giver('a', { rest: 0 })])).toBe(true);
    expect(unmet([])).toBe(true);
  });

  it('asks for no more than is wanted, and for something as long as anything is wanted and left', () => {
    const anyGiver = fc.record({
      rest: fc.nat(1_000),
      scanning: fc.boolean(),
      asked: fc.nat(5),
      barren: fc.nat(12),
    });
    fc.assert(
      fc.property(fc.array(anyGiver, { maxLength: 9 }), fc.nat(20), fc.nat(20), (given, idle, spare) => {
        const givers = given.map((one, no) => ({ ...one, unit: `unit-${no}` }));
        const wanted = idle - spare - givers.reduce((sum, { asked }) => sum + asked, 0);
        const asked = Object.values(asks(givers, idle, spare));
        const sum = asked.reduce((total, n) => total + n, 0);
        expect(sum).toBeLessThanOrEqual(Math.max(0, wanted));
        const some = givers.some(({ rest, scanning }) => rest > 0 || scanning);
        if (wanted > 0 && some) expect(sum).toBeGreaterThan(0);
      }),
    );
  });
});
