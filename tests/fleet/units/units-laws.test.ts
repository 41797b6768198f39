import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addsUp } from '../../../src-shared/model/counts.ts';
import { isComplete, isEnded } from '../../../src-shared/model/run.ts';
import { defaultSettings } from '../../../src-shared/model/settings.ts';
import { soak } from '../../support/seed.ts';
import { type Fate, fates } from './puppet.ts';
import { PuppetFleet } from './puppet-fleet.ts';
import { join, type Share } from './puppet-unit.ts';

type Step =
  | { readonly do: 'beat'; readonly who: number; readonly fate: Fate }
  | { readonly do: 'work'; readonly who: number; readonly steps: number }
  | { readonly do: 'kill' | 'wipe' | 'fail' | 'die'; readonly who: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'order'; readonly order: 'pause' | 'resume' }
  | { readonly do: 'kill coordinator' };

const who = fc.nat(2);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 14,
    arbitrary: fc.record({
      do: fc.constant('beat' as const),
      who,
      fate: fc.constantFrom('arrives' as const, 'arrives' as const, ...fates),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('work' as const), who, steps: fc.integer({ min: 1, max: 6 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('kill' as const, 'wipe' as const, 'fail' as const), who }),
  },
  // A machine dies: its connection breaks, and others go on long enough to take over what it had.
  { weight: 2, arbitrary: fc.record({ do: fc.constant('die' as const), who }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 40_000 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('order' as const),
      order: fc.constantFrom('pause' as const, 'resume' as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'kill coordinator' as const }) },
);

/** Folders by the number of the folder that each is in, and how many files each has. */
const share: fc.Arbitrary<Share> = fc
  .array(fc.record({ above: fc.nat(9), files: fc.nat(6) }), { minLength: 4, maxLength: 12, size: 'max' })
  .map((given) => {
    const paths: string[] = [];
    const made = new Map<string, { folders: string[]; files: string[] }>();
    given.forEach(({ above, files }, no) => {
      const parent = no === 0 ? undefined : (paths[above % no] ?? '');
      const path = parent === undefined ? '' : join(parent, `folder ${no}`);
      paths.push(path);
      made.set(path, { folders: [], files: Array.from({ length: files }, (_, index) => `file ${index}`) });
      if (parent !== undefined) made.get(parent)?.folders.push(`folder ${no}`);
    });
    return made;
  });

async function take(fleet: PuppetFleet, task: string, one: Step): Promise<void> {
  const coordinator = await fleet.coordinator;
  const puppet = 'who' in one ? fleet.puppets[one.who] : undefined;
  switch (one.do) {
    case 'beat':
      fleet.now += 300;
      return puppet?.beat(coordinator, one.fate, fleet.now);
    case 'work':
      return puppet?.work(one.steps, fleet.now);
    case 'kill':
    case 'wipe':
      return puppet?.kill(one.do === 'wipe');
    case 'fail':
      return puppet?.fail();
    case 'die':
      coordinator.gone(puppet?.machine ?? '');
      fleet.now += 6_000;
      return puppet?.kill(false);
    case 'wait':
      fleet.now += one.ms;
      return;
    case 'order':
      await coordinator.order(task, one.order);
      return;
    case 'kill coordinator':
      return fleet.killCoordinator();
  }
}

/** What must be true whenever anybody looks. */
async function look(fleet: PuppetFleet, task: string, files: number) {
  const row = (await fleet.coordinator).task(task);
  if (!row.ok || row.value.run === null) throw new Error('the task is gone');
  const { counts } = row.value;
  expect(addsUp(counts, false), 'nothing is counted twice or out of nothing').toBe(true);
  expect(counts.found.files).toBeLessThanOrEqual(files);
  return row.value;
}

describe('a run that several machines work on', () => {
  it('has one owner for each folder and file, adds up at any moment, and ends with each of them once', async () => {
    await fc.assert(
      fc.asyncProperty(
        share,
        fc.array(step, { minLength: 40, maxLength: 120, size: 'max' }),
        async (given, steps) => {
          const fleet = new PuppetFleet(given);
          const files = [...given.values()].reduce((sum, one) => sum + one.files.length, 0);
          const wish = {
            name: 'Share',
            source: '/share',
            destination: 'https://x',
            settings: defaultSettings,
          };
          const { id: task } = await (await fleet.coordinator).addTask(wish);
          await (await fleet.coordinator).order(task, 'start');
          for (const one of steps) {
            await take(fleet, task, one);
            await look(fleet, task, files);
          }
          let row = await look(fleet, task, files);
          for (let second = 0; second < 600 && !isEnded(row.run?.state ?? 'waiting'); second += 1) {
            await (await fleet.coordinator).order(task, 'resume');
            fleet.now += 1_000;
            for (const puppet of fleet.puppets) {
              puppet.work(20, fleet.now);
              await puppet.beat(await fleet.coordinator, 'arrives', fleet.now);
            }
            row = await look(fleet, task, files);
          }
          const broken = steps.some((one) => one.do === 'fail');
          if (!broken) expect(row.state, JSON.stringify(row.reason)).toBe('complete');
          expect(isEnded(row.run?.state ?? 'waiting'), `${row.state} ${row.reason?.code}`).toBe(true);
          if (isComplete(row.run?.state ?? 'waiting')) expect(addsUp(row.counts, true)).toBe(true);
          if (row.state === 'complete') {
            expect(row.counts.found.files).toBe(files);
            // Nobody but this run was there: what it found was copied by it.
            expect(row.counts.byOutcome.copied.files + row.counts.byOutcome.present.files).toBe(files);
            const page = await (await fleet.coordinator).items(row.run?.id ?? '', {}, undefined, 500);
            const told = page.ok ? page.value.items.map(({ path }) => path) : [];
            const all = [...given].flatMap(([folder, one]) =>
              [...one.folders, ...one.files].map((name) => join(folder, name)),
            );
            expect(told.toSorted()).toEqual(all.toSorted());
          }
          fleet.clear();
        },
      ),
      // The same sequences each time; a soak tries many others.
      soak ? { numRuns: 5_000 } : { numRuns: 60, seed: 20_261_128 },
    );
  }, 3_600_000);
});
