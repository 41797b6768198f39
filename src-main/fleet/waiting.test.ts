import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isCode } from '../../src-shared/catalogue/catalogue.ts';
import type { TaskRow } from '../../src-shared/contract/console-types.ts';
import { type Beat, FLEET_PROTOCOL } from '../../src-shared/contract/fleet.ts';
import { noTally } from '../../src-shared/model/counts.ts';
import { type Live, noLive } from '../../src-shared/model/live.ts';
import { noPlan, noRules } from '../../src-shared/model/plan.ts';
import { isEnded } from '../../src-shared/model/run.ts';
import { FleetRig } from './fleet-rig.ts';
import { Story } from './story.ts';

let story: Story;
beforeAll(async () => {
  story = await Story.begin();
});
beforeEach(async () => {
  await story.anew();
  // The machines of the test before are away by now.
  story.rig.now += 31_000;
  await story.rig.beat();
});
afterAll(() => story.rig.close());

describe('a run that waits says why', () => {
  it('for the next beat, and then for the task that has the slot', async () => {
    const second = (await story.rig.addTask({}, 'Later share')).id;
    const rowOf = (id: string) => {
      const row = story.rig.coordinator.task(id);
      if (!row.ok) throw new Error(row.problem.code);
      return row.value;
    };
    expect((await story.order('start')).reason).toEqual({ code: 'waiting-for-agent' });
    story.rig.now += 1;
    await story.rig.coordinator.order(second, 'start');
    await story.rig.beat();
    expect(story.row()).toMatchObject({ state: 'running', reason: null });
    expect(rowOf(second)).toMatchObject({
      state: 'waiting',
      reason: { code: 'waiting-for-slot', where: 'Share' },
    });
  });

  it('for the task that a killed process left behind, which goes first', async () => {
    await story.startAndCopyTwo();
    await story.rig.killAgent();
    await story.rig.stopCoordinator();
    await story.rig.startCoordinator();
    story.rig.startAgent();
    const second = (await story.rig.addTask()).id;
    await story.rig.coordinator.order(second, 'start');
    expect(story.row()).toMatchObject({ state: 'running', reason: { code: 'waiting-for-agent' } });
    await story.rig.beat();
    expect(story.row()).toMatchObject({ state: 'running', reason: null });
    const waiting = story.rig.coordinator.task(second);
    expect(waiting).toMatchObject({ value: { reason: { code: 'waiting-for-slot', where: 'Share' } } });
  });

  it('for any machine, when none has been heard of', async () => {
    await story.order('start');
    story.rig.now += 31_000;
    expect(story.row().reason).toEqual({ code: 'no-agent' });
  });

  it('for the machine that began it and is away, until another one takes it over', async () => {
    await story.startAndCopyTwo();
    story.rig.now += 31_000;
    expect(story.row()).toMatchObject({
      state: 'running',
      reason: { code: 'machine-away', where: 'machine-one' },
    });
    await story.rig.killAgent();
    story.rig.startAgent('machine-two');
    await story.rig.beat();
    expect(story.row()).toMatchObject({ state: 'running', reason: null });
    expect(await story.unit()).toMatchObject({ holder: 'machine-two', epoch: 2, generation: 2 });
    expect(await story.eventKinds()).toContain('unit-taken-over');
  });

  it('for the machine that paused it, and for no longer than a lease when it goes on', async () => {
    await story.startAndCopyTwo();
    await story.order('pause');
    await story.beatUntil('paused');
    await story.rig.killAgent();
    story.rig.startAgent('machine-two');
    await story.order('resume');
    await story.rig.beat();
    expect(story.row()).toMatchObject({ state: 'waiting', reason: { code: 'waiting-for-agent' } });
    story.rig.now += 31_000;
    await story.rig.beat();
    expect(story.row()).toMatchObject({ state: 'running', reason: null });
    expect((await story.unit()).holder).toBe('machine-two');
  });
});

describe('a machine that may not work on a task', () => {
  it('is not given it, and the task says why', async () => {
    const { coordinator } = story.rig;
    await coordinator.setPlan(story.task, { ...noPlan, labels: ['berlin'] });
    await story.order('start');
    await story.rig.beat();
    expect(story.row()).toMatchObject({
      state: 'waiting',
      reason: { code: 'no-machine-allowed', where: 'Share', detail: 'machine-one: not labelled berlin' },
    });
    await coordinator.setMachineRules('machine-one', { ...noRules, labels: ['berlin'], drained: true });
    await story.rig.beat();
    expect(story.row().reason).toMatchObject({ detail: 'machine-one: drained' });
    expect(coordinator.machines().find(({ machine }) => machine === 'machine-one')).toMatchObject({
      state: 'idle',
      reason: { code: 'no-machine-allowed' },
      rules: { drained: true },
    });
    await coordinator.setMachineRules('machine-one', { ...noRules, labels: ['berlin'] });
    await story.rig.beat();
    expect(story.row()).toMatchObject({ state: 'running', reason: null });
    // What was decided is kept.
    await story.rig.stopCoordinator();
    await story.rig.startCoordinator();
    expect(story.rig.coordinator.plan(story.task)).toMatchObject({ value: { labels: ['berlin'] } });
    await story.rig.coordinator.setMachineRules('machine-one', noRules);
  });

  it('pauses outside of its hours, and its unit goes to one that works', async () => {
    await story.startAndCopyTwo();
    const day = new Date(story.rig.now);
    const never = [{ days: [(day.getDay() + 3) % 7], from: 0, to: 1 }];
    await story.rig.coordinator.setMachineRules('machine-one', { ...noRules, hours: never });
    await story.beatUntil(() => story.row().live === null);
    expect(story.row()).toMatchObject({ state: 'running', reason: { code: 'no-machine-allowed' } });
    await story.rig.killAgent();
    story.rig.startAgent('machine-two');
    await story.beatUntil(({ live }) => live !== null);
    expect((await story.unit()).holder).toBe('machine-two');
    await story.rig.coordinator.setMachineRules('machine-one', noRules);
  });
});

it('a source that goes away is told once, and once that it is back', async () => {
  const away = { code: 'waiting-for-source', since: story.rig.now, until: null };
  let number = 0;
  const beat = async (units: Beat['units']) => {
    number += 1;
    story.rig.now += 1_000;
    const machine = 'machine-alone';
    const who = { protocol: FLEET_PROTOCOL, machine, name: machine, session: 'session-one' } as const;
    const answer = await story.rig.coordinator.fleet.beat({ ...who, number, freeSlots: 1, units });
    if (!answer.ok) throw new Error(answer.problem.code);
    return answer.value;
  };
  await story.order('start');
  const [grant] = (await beat([])).granted;
  if (!grant) throw new Error('nothing was granted');
  const { unit, epoch } = grant;
  const tell = (waitsFor: Live['waitsFor']) =>
    beat([{ unit, epoch, state: 'running', live: { ...noLive('scanning'), waitsFor }, results: [] }]);
  for (const waitsFor of [null, away, away, null, null]) await tell(waitsFor);
  expect(story.row().reason).toBeNull();
  await tell(away);
  expect(story.row()).toMatchObject({ state: 'running', reason: { code: 'waiting-for-source' } });
  const told = (await story.eventKinds()).filter((kind) => kind.startsWith('source-'));
  expect(told).toEqual(['source-away', 'source-back', 'source-away']);
});

/** Two machines that beat as they like, with what they were granted; nothing is done by them. */
class Puppets {
  readonly rig: FleetRig;
  #numbers = new Map<string, number>();
  #sessions = new Map<string, number>();
  #held = new Map<string, Map<string, number>>();

  constructor(rig: FleetRig) {
    this.rig = rig;
  }

  restart(machine: string): void {
    this.#sessions.set(machine, (this.#sessions.get(machine) ?? 0) + 1);
    this.#held.delete(machine);
  }

  async beat(machine: string, slots: number, begun: boolean, end: boolean): Promise<void> {
    const number = (this.#numbers.get(machine) ?? 0) + 1;
    this.#numbers.set(machine, number);
    const held = this.#held.get(machine) ?? new Map<string, number>();
    this.#held.set(machine, held);
    const found = begun ? { ...noTally, files: 3 } : noTally;
    const units: Beat['units'] = [...held].map(([unit, epoch], index) => ({
      unit,
      epoch,
      state: 'running',
      found,
      live: noLive('copying'),
      results: [],
      ...(end && index === 0 ? { end: { how: 'stopped' } } : {}),
    }));
    const answer = await this.rig.coordinator.fleet.beat({
      protocol: FLEET_PROTOCOL,
      machine,
      name: machine,
      session: `session-${this.#sessions.get(machine) ?? 0}`,
      number,
      freeSlots: Math.max(0, slots - held.size),
      units,
    });
    if (!answer.ok) throw new Error(answer.problem.code);
    for (const { unit, held: still } of answer.value.units) if (!still) held.delete(unit);
    for (const { unit, epoch } of answer.value.granted) held.set(unit, epoch);
  }
}

const machines = ['machine-a', 'machine-b'] as const;
const step = fc.oneof(
  fc.record({
    do: fc.constant('beat' as const),
    machine: fc.constantFrom(...machines),
    slots: fc.nat(2),
    begun: fc.boolean(),
    end: fc.boolean(),
  }),
  fc.record({
    do: fc.constant('order' as const),
    task: fc.nat(2),
    order: fc.constantFrom('start', 'start', 'pause', 'resume', 'stop'),
  }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 40_000 }) }),
  fc.record({ do: fc.constant('kill' as const), machine: fc.constantFrom(...machines) }),
  fc.record({ do: fc.constant('restart' as const) }),
);

function judge(row: TaskRow, all: readonly TaskRow[]): void {
  if (row.state === 'waiting') expect(row.reason, 'it waits in silence').not.toBeNull();
  if (row.reason === null) return;
  expect(isCode(row.reason.code), row.reason.code).toBe(true);
  if (row.reason.code !== 'waiting-for-slot') return;
  const { where } = row.reason;
  const atWork = all.filter(({ task, run }) => task.name === where && run && !isEnded(run.state));
  expect(atWork, `it waits for ${where}, which does not work`).toHaveLength(1);
  expect(where, 'it waits for itself').not.toBe(row.task.name);
}

describe('the law of waiting', () => {
  it('nothing waits without a reason of the catalogue, whoever beats, dies, pauses or is away', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
        const rig = await FleetRig.make();
        try {
          const tasks = [];
          for (const name of ['one', 'two', 'three']) tasks.push((await rig.addTask({}, name)).id);
          const puppets = new Puppets(rig);
          for (const one of steps) {
            if (one.do === 'beat') await puppets.beat(one.machine, one.slots, one.begun, one.end);
            else if (one.do === 'wait') rig.now += one.ms;
            else if (one.do === 'kill') puppets.restart(one.machine);
            else if (one.do === 'order') await rig.coordinator.order(tasks[one.task] ?? '', one.order);
            else {
              await rig.stopCoordinator();
              await rig.startCoordinator();
            }
            const rows = (await rig.coordinator.tasks({ limit: 200 })).tasks;
            for (const row of rows) judge(row, rows);
          }
        } finally {
          await rig.close();
        }
      }),
      process.env['CONVOY_SOAK'] === '1' ? { numRuns: 300 } : { numRuns: 12, seed: 20_261_124 },
    );
  }, 600_000);
});
