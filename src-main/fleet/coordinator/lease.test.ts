import { describe, expect, it } from 'vitest';
import type { Unit } from '../../store/fleet-store.ts';
import { foundAgain, granted, judge, LEASE_MS, leaseLeft, released, renewed } from './lease.ts';
import { freshUnit } from './offer-desk.ts';

const fresh: Unit = freshUnit('unit', 'run', '');
const held: Unit = { ...fresh, epoch: 3, holder: 'one', leaseUntil: 100_000, state: 'held' };
const free = released(held);

describe('the claim of an agent', () => {
  it.each([
    ['the holder with the present epoch', held, { machine: 'one', epoch: 3 }, 'held'],
    ['the holder with an older epoch', held, { machine: 'one', epoch: 2 }, 'lost'],
    ['an epoch that was never given', held, { machine: 'one', epoch: 4 }, 'lost'],
    ['somebody else with the present epoch', held, { machine: 'two', epoch: 3 }, 'lost'],
    ['the last holder of a unit that was let go', free, { machine: 'one', epoch: 3 }, 'released'],
    ['another machine of a unit that was let go', free, { machine: 'two', epoch: 3 }, 'lost'],
  ] as const)('%s', (_, unit, claim, standing) => {
    expect(judge(unit, claim)).toBe(standing);
  });

  it('is lost as soon as the unit is granted again, to whomever', () => {
    for (const machine of ['one', 'two'])
      expect(judge(granted(held, machine, 0), { machine: 'one', epoch: 3 })).toBe('lost');
  });
});

describe('a lease', () => {
  it('is renewed when some of it is used, and left alone (and unwritten) before', () => {
    const fresh = granted(free, 'one', 1_000);
    expect(renewed(fresh, 1_000)).toBe(fresh);
    expect(renewed(fresh, 5_999)).toBe(fresh);
    expect(renewed(fresh, 6_001).leaseUntil).toBe(6_001 + LEASE_MS);
    expect(renewed(fresh, 99_000).epoch).toBe(fresh.epoch);
  });

  it.each([
    [70_000, LEASE_MS],
    [99_000, 1_000],
    [100_000, 0],
    [500_000, 0],
  ])('at %d has %d ms left', (at, left) => {
    expect(leaseLeft(held, at)).toBe(left);
  });

  it('of an earlier process begins anew with the next, whose clock is another', () => {
    expect(leaseLeft(foundAgain(held, 12), 12)).toBe(LEASE_MS);
    expect(leaseLeft(foundAgain({ ...held, leaseUntil: 5 }, 1_000), 2_000)).toBe(LEASE_MS - 1_000);
    expect(foundAgain(free, 12)).toBe(free);
  });

  it('is nobody’s when the unit is free', () => {
    expect(leaseLeft(free, 0)).toBe(0);
    expect(free).toEqual({ ...held, state: 'free', leaseUntil: null });
  });
});
