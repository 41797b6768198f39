import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pick, seededRandom } from '../../../src-practice/random.ts';
import { generateShare } from '../../../src-practice/share/share.ts';
import { isEnded } from '../../../src-shared/model/run.ts';
import { type Rehearsal, rehearse } from '../../support/rehearsal.ts';
import { full, seed, soak } from '../../support/seed.ts';
import { FleetOfProcesses } from './fleet-of-processes.ts';
import type { MachineProcess } from './machine-process.ts';
import { expectWhole } from './outcome.ts';
import { patience } from './patience.ts';

/** Four processes over real connections, of which a random one dies every few seconds: the coordinator too. */
const FILES = full(20_000, 500);
const HELPERS = 3;
const MOST_KILLS = full(200, 7);

let stage: Rehearsal;
let fleet: FleetOfProcesses;

beforeAll(async () => {
  stage = await rehearse({
    seed,
    faults: { latencyMs: soak ? { min: 60, max: 120 } : { min: 200, max: 350 } },
    // An upload whose address was lost in a kill blocks its name until it ends: a quarter of an hour in the cloud.
    sessionMinutes: 0.25,
  });
  fleet = await FleetOfProcesses.make(stage, { helpers: HELPERS });
}, 180_000);
afterAll(async () => {
  await fleet?.close();
  await stage?.close();
}, 60_000);

/** Told where somebody measures: `CONVOY_SOAK=1`. */
function tell(what: string, figures: readonly number[]): void {
  const seconds = figures.map((ms) => (ms / 1_000).toFixed(1));
  if (soak) process.stdout.write(`${what}: ${seconds.join(', ')} s\n`);
}

/** Starts a coordinator that was killed; how long it took from when it listened until all who live had come back. */
async function backTogether(): Promise<number> {
  await fleet.coordinator.start();
  await fleet.coordinator.said(/listening on/);
  const listens = performance.now();
  await fleet.together(fleet.helpers.filter(({ alive }) => alive).length);
  return performance.now() - listens;
}

describe(`a fleet of which one dies every few seconds (seed ${seed})`, () => {
  it(`copies ${FILES} files completely, each once, and the sums are right`, async () => {
    const source = join(stage.folder, 'share');
    await generateShare({
      ...{ directory: source, seed, files: FILES, totalBytes: FILES * 3_000 },
      ...{ oddities: false, now: Date.UTC(2026, 10, 1) },
    });
    const random = seededRandom(`${seed}/fleet-kills`);
    const task = await fleet.give(source, 'kills', { parallelFiles: soak ? 8 : 4 });
    const together: number[] = [];
    const killed = new Map<string, number>();
    for (let kill = 0; kill < MOST_KILLS; kill += 1) {
      await sleep(1_500 + random() * 2_500);
      const { run } = await fleet.row(task);
      if (run === null || isEnded(run.state)) break;
      const victim: MachineProcess = pick(random, fleet.machines);
      killed.set(victim.name, (killed.get(victim.name) ?? 0) + 1);
      await victim.kill();
      // One in three stays away for so long that its work goes on elsewhere.
      await sleep(random() < 0.33 ? 6_000 : random() * 1_500);
      if (victim === fleet.coordinator) together.push(await backTogether());
      else await victim.start();
    }
    expect([...killed.values()].reduce((sum, times) => sum + times, 0)).toBeGreaterThan(full(10, 2));
    const row = await fleet.until(task, 'the run has ended', ({ run }) => run !== null && isEnded(run.state));
    await expectWhole(stage, row, source, 'kills');
    if (soak) process.stdout.write(`killed: ${JSON.stringify(Object.fromEntries(killed))}\n`);
    tell('machines were back after a restart of the coordinator within', together);
  }, 3_600_000);

  it('the work of one that was killed goes on elsewhere as soon as its connection broke, with its uploads', async () => {
    const source = join(stage.folder, 'large');
    await mkdir(source);
    await writeLarge(source, 3, 24_000_000);
    await stage.tenant.control.setFaults({ latencyMs: { min: 20, max: 40 }, bandwidth: 1_500_000 });
    // Of two tasks that are held by two machines, one is not held by the coordinator itself.
    const settings = { fragmentBytes: 983_040, parallelFiles: 3 };
    const tasks = [
      await fleet.give(source, 'large-0', settings),
      await fleet.give(source, 'large-1', settings),
    ];
    const [task, holder] = await patience('a helper has sent enough to be worth handing on', async () => {
      for (const one of tasks) {
        const { live } = await fleet.row(one);
        const sent = live?.inFlight.map((file) => file.sent) ?? [];
        const of = holderOf(one);
        if (of !== undefined && sent.length === 3 && sent.every((bytes) => bytes > 9_000_000))
          return [one, of] as const;
      }
      return undefined;
    });
    // Some beats, which tell of the uploads.
    await sleep(4_000);
    await stage.tenant.control.resetStats();
    await holder.kill();
    const at = Date.now();
    const taken = await patience('another machine has it', async () => {
      const events = await fleet.events(task);
      return events.find(({ facts }) => facts.kind === 'unit-taken-over');
    });
    tell('work of a machine that was killed went on elsewhere after', [taken.at - at]);
    for (const [no, one] of tasks.entries()) {
      const row = await fleet.until(
        one,
        'the run has ended',
        ({ run }) => run !== null && isEnded(run.state),
      );
      await expectWhole(stage, row, source, `large-${no}`);
    }
    const { sessionsOpened } = await stage.tenant.control.stats();
    expect(sessionsOpened, 'uploads were resumed, not begun again').toBe(0);
    await holder.start();
  }, 600_000);
});

/** The helper that has the whole of a task: its journal is in its folder. */
function holderOf(task: string): MachineProcess | undefined {
  return fleet.helpers.find(({ data }) => existsSync(join(data, 'work', `${task}.db`)));
}

/** Files with content of their own, none of which can be given back once they are under way together. */
async function writeLarge(folder: string, count: number, bytes: number): Promise<void> {
  for (let no = 0; no < count; no += 1)
    await writeFile(join(folder, `large ${no}.bin`), Buffer.alloc(bytes, `file ${no}, `));
}
