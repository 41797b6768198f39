import { afterEach, describe, expect, it, vi } from 'vitest';
import type * as fences from '../../../src-main/fleet/agent/fence.ts';
import type * as clocks from '../../../src-main/fleet/agent/passed.ts';
import type * as leases from '../../../src-main/fleet/coordinator/lease.ts';
import { nothingBetween } from './coordinator-machine.ts';
import { planSchedule } from './plan.ts';
import type { Program } from './program.ts';
import { type PlayOptions, play } from './schedule.ts';

/** The mistakes that are made now. */
const made = vi.hoisted(() => new Set<string>());

vi.mock('../../../src-main/fleet/coordinator/lease.ts', async (original) => {
  const real = await original<typeof leases>();
  const judge: typeof real.judge = (unit, claim) => {
    const believed = {
      epoch: made.has('no look at epochs') ? unit.epoch : claim.epoch,
      machine: made.has('no look at holders') ? (unit.holder ?? '') : claim.machine,
    };
    return real.judge(unit, believed);
  };
  return { ...real, judge };
});

vi.mock('../../../src-main/fleet/agent/fence.ts', async (original) => {
  const real = await original<typeof fences>();
  const createFence: typeof real.createFence = (passed) => {
    const fence = real.createFence(passed);
    return made.has('no fence') ? { ...fence, mayWrite: () => true } : fence;
  };
  return { ...real, createFence };
});

vi.mock('../../../src-main/fleet/agent/passed.ts', async (original) => {
  const real = await original<typeof clocks>();
  const createPassed: typeof real.createPassed = (parts) =>
    made.has('a sleep goes unseen') ? parts.steady : real.createPassed(parts);
  return { ...real, createPassed };
});

/** The results of a beat are taken a while after they were acknowledged. */
const acknowledgedBeforeCommit = (program: Program) => ({
  ...nothingBetween,
  results: (results: Parameters<typeof nothingBetween.results>[0]) => ({
    ...results,
    take: async (...told: Parameters<typeof results.take>) => {
      const [unit, rows] = told;
      const last = rows.at(-1)?.seq ?? (await results.taken(unit));
      program.after(20, () => void results.take(...told));
      return last;
    },
  }),
});

/** Always the same schedules: whether they find a mistake is no matter of luck. */
const SEED = 'seeded bugs';
/** Within so many schedules each mistake is found. */
const WITHIN = 400;

/** Plays schedules until one of them breaks a rule. */
async function firstToFail(most: number, options: PlayOptions = {}): Promise<{ no: number; rule: string }> {
  for (let no = 0; no < most; no += 1) {
    const { violation } = await play(planSchedule(`${SEED}/${no}`), options);
    if (violation !== undefined) return { no, rule: violation.rule };
  }
  return { no: most, rule: 'none' };
}

afterEach(() => made.clear());

describe('mistakes that are made here and nowhere in the product', () => {
  it.each([
    // Either of the two keeps others out; only without both is somebody believed who lost the unit.
    [['no look at epochs', 'no look at holders']],
    [['no fence']],
    [['a sleep goes unseen']],
  ])('are found: %s', async (mistakes) => {
    for (const mistake of mistakes) made.add(mistake);
    const found = await firstToFail(WITHIN);
    expect(found.rule).not.toBe('none');
  });

  it('are found: results that are acknowledged before they are committed', async () => {
    const found = await firstToFail(WITHIN, { between: acknowledgedBeforeCommit });
    expect(found.rule).not.toBe('none');
  });

  it('are not found where there are none', async () => {
    expect(await firstToFail(50)).toEqual({ no: 50, rule: 'none' });
  });
}, 600_000);
