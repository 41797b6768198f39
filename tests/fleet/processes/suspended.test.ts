import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { generateShare } from '../../../src-practice/share/share.ts';
import { isEnded } from '../../../src-shared/model/run.ts';
import { type Rehearsal, rehearse } from '../../support/rehearsal.ts';
import { full, soak } from '../../support/seed.ts';
import { FleetOfProcesses } from './fleet-of-processes.ts';
import { expectWhole } from './outcome.ts';
import { patience } from './patience.ts';

/** Longer than a lease; in short longer than a gap in its clock after which an agent does not believe its lease any more. */
const SUSPENDED_MS = full(35_000, 12_000);

let stage: Rehearsal;
let fleet: FleetOfProcesses;

beforeAll(async () => {
  stage = await rehearse({
    seed: 'suspended',
    logSize: 100_000,
    faults: { latencyMs: { min: 150, max: 250 } },
    sessionMinutes: 0.25,
  });
  fleet = await FleetOfProcesses.make(stage, { helpers: 1 });
}, 180_000);
afterAll(async () => {
  await fleet?.close();
  await stage?.close();
}, 60_000);

/** Requests of the log by which something is changed. */
async function writes() {
  return (await stage.tenant.control.log()).filter(({ method }) => method !== 'GET');
}

it(`a machine that was suspended for ${SUSPENDED_MS / 1_000} s writes nothing after it wakes before a beat has confirmed it`, async () => {
  const [helper] = fleet.helpers;
  if (helper === undefined) throw new Error('there is no helper');
  const source = join(stage.folder, 'share');
  await generateShare({
    ...{ directory: source, seed: 'suspended', files: 400, totalBytes: 400_000 },
    ...{ oddities: false, now: Date.UTC(2026, 10, 1) },
  });
  const task = await fleet.give(source, 'suspended', { parallelFiles: 4 });
  await patience('both machines copy', async () => {
    const enough = (await writes()).length > 20;
    return enough && (await fleet.working()) === 2 ? true : undefined;
  });
  // Whoever could confirm its lease is gone as well, and with it everybody else who writes.
  helper.suspend();
  await fleet.coordinator.kill();
  await sleep(SUSPENDED_MS);
  const before = (await writes()).length;
  helper.wake();
  await sleep(4_000);
  expect((await writes()).slice(before), 'nothing is written without a lease').toEqual([]);
  await fleet.coordinator.start();
  const row = await fleet.until(task, 'the run has ended', ({ run }) => run !== null && isEnded(run.state));
  expect((await writes()).length).toBeGreaterThan(before);
  await expectWhole(stage, row, source, 'suspended');
  if (soak) process.stdout.write(`writes before ${before}, after ${(await writes()).length - before}\n`);
}, 600_000);
