import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { TaskRow } from '../../src-shared/contract/console-types.ts';
import { addsUp } from '../../src-shared/model/counts.ts';
import { isEnded } from '../../src-shared/model/run.ts';
import { type Fate, FleetRig } from './fleet-rig.ts';

type Step =
  | { readonly do: 'beat'; readonly fate: Fate }
  | { readonly do: 'work'; readonly turns: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'order'; readonly order: 'pause' | 'resume' }
  | { readonly do: 'kill agent' | 'restart coordinator' };

const fates: readonly Fate[] = ['arrives', 'is lost', 'answer is lost', 'comes twice', 'old one comes again'];

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('beat' as const), fate: fc.constantFrom(...fates) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('work' as const), turns: fc.integer({ min: 1, max: 3 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 60_000 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('order' as const),
      order: fc.constantFrom('pause' as const, 'resume' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('kill agent' as const, 'restart coordinator' as const) }),
  },
);

/** What must be true whenever anybody looks. */
class Watcher {
  #epoch = 0;
  #requests = 0;

  async look(rig: FleetRig, task: string): Promise<TaskRow> {
    const row = rig.coordinator.task(task);
    if (!row.ok || row.value.run === null) throw new Error('the task is gone');
    const { run, counts } = row.value;
    expect(addsUp(counts, false), 'nothing is counted twice or out of nothing').toBe(true);
    expect(counts.found.files).toBeLessThanOrEqual(rig.files);
    const [unit] = await rig.store.units(run.id, { after: undefined, limit: 9 });
    expect(unit?.epoch, 'epochs only rise').toBeGreaterThanOrEqual(this.#epoch);
    this.#epoch = unit?.epoch ?? 0;
    const { requests } = rig.coordinator.overview();
    expect(requests, 'what was spent stays spent').toBeGreaterThanOrEqual(this.#requests);
    this.#requests = requests;
    return row.value;
  }
}

async function take(rig: FleetRig, task: string, step: Step): Promise<void> {
  switch (step.do) {
    case 'beat':
      return rig.beat(step.fate);
    case 'work':
      return rig.gate.give(step.turns);
    case 'wait':
      rig.now += step.ms;
      return;
    case 'order':
      // Refused in some states, which is right as well.
      await rig.coordinator.order(task, step.order);
      return;
    case 'kill agent':
      await rig.killAgent();
      return rig.startAgent();
    case 'restart coordinator':
      await rig.stopCoordinator();
      return rig.startCoordinator();
  }
}

describe('a unit between an agent and its coordinator', () => {
  it('ends with every result counted once, whatever is lost, doubled, reordered, killed or paused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const rig = await FleetRig.make();
        try {
          const { id: task } = await rig.addTask();
          await rig.coordinator.order(task, 'start');
          const watcher = new Watcher();
          for (const one of steps) {
            await take(rig, task, one);
            await watcher.look(rig, task);
          }
          rig.gate.open();
          const row = await vi.waitFor(
            async () => {
              await rig.coordinator.order(task, 'resume');
              await rig.beat();
              const seen = await watcher.look(rig, task);
              expect(isEnded(seen.run?.state ?? 'waiting')).toBe(true);
              return seen;
            },
            { timeout: 10_000, interval: 1 },
          );
          expect(row.state).toBe('complete');
          expect(row.counts.byOutcome.copied.files).toBe(rig.files);
          expect(addsUp(row.counts, true)).toBe(true);
          const page = await rig.coordinator.items(row.run?.id ?? '', { kind: 'file' }, undefined, 100);
          const paths = page.ok ? page.value.items.map(({ path }) => path) : [];
          expect(paths).toHaveLength(rig.files);
          expect(new Set(paths).size).toBe(rig.files);
        } finally {
          await rig.close();
        }
      }),
      // The same sequences each time; a soak (`npm run soak`) tries many others.
      process.env['CONVOY_SOAK'] === '1' ? { numRuns: 200 } : { numRuns: 8, seed: 20_261_122 },
    );
  }, 600_000);
});
