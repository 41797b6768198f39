import { describe, expect, it } from 'vitest';
import { full, seed } from '../../support/seed.ts';
import { playMany } from './many.ts';
import { planSchedule } from './plan.ts';
import { play } from './schedule.ts';
import { explain } from './shrink.ts';

/** Ten thousand take one to two minutes on two processors (docs/benchmarks.md). */
const SCHEDULES = full(300_000, 10_000);
const AT_MOST_MS = full(14_400_000, 1_800_000);
/** One schedule again, by its seed as it was printed. */
const one = process.env['CONVOY_SCHEDULE'];

describe('coordinator, agents and network, in virtual time', () => {
  it.runIf(one === undefined)(
    `keep their word in ${SCHEDULES} schedules (seed ${seed})`,
    async () => {
      const { played, failed } = await playMany(`${seed}/model`, SCHEDULES);
      const [first] = failed;
      if (first !== undefined) expect.unreachable(await explain(planSchedule(first.seed), first.rule));
      expect(played).toBe(SCHEDULES);
    },
    AT_MOST_MS,
  );

  it.runIf(one !== undefined)(`play schedule ${one} again`, async () => {
    const plan = planSchedule(one ?? '');
    const { violation } = await play(plan);
    if (violation !== undefined) expect.unreachable(await explain(plan, violation.rule));
  });

  it('do the same each time', async () => {
    for (let no = 0; no < 5; no += 1) {
      const plan = planSchedule(`${seed}/again/${no}`);
      expect(await play(plan, { traced: true })).toEqual(await play(plan, { traced: true }));
    }
  });
});
