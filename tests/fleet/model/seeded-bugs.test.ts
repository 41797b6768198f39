import { describe, expect, it } from 'vitest';
import { nothingBetween } from './coordinator-machine.ts';
import { planSchedule } from './plan.ts';
import type { Program } from './program.ts';
import { type PlayOptions, play } from './schedule.ts';

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

/** Plays schedules until one of them breaks a rule. */
async function firstToFail(most: number, options: PlayOptions = {}): Promise<{ no: number; rule: string }> {
  for (let no = 0; no < most; no += 1) {
    const { violation } = await play(planSchedule(`${SEED}/${no}`), options);
    if (violation !== undefined) return { no, rule: violation.rule };
  }
  return { no: most, rule: 'none' };
}

describe('mistakes that are made here and nowhere in the product', () => {
  it('are found: results that are acknowledged before they are committed', async () => {
    const found = await firstToFail(50, { between: acknowledgedBeforeCommit });
    expect(found.rule).not.toBe('none');
  });

  it('are not found where there are none', async () => {
    expect(await firstToFail(50)).toEqual({ no: 50, rule: 'none' });
  });
}, 120_000);
