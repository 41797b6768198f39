import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createMachine } from '../../../src-main/machine.ts';
import { generateShare } from '../../../src-practice/share/share.ts';
import { publicClouds } from '../../../src-shared/model/cloud.ts';
import { isEnded } from '../../../src-shared/model/run.ts';
import { type Rehearsal, rehearse } from '../../support/rehearsal.ts';
import { FleetOfProcesses } from './fleet-of-processes.ts';
import { expectWhole } from './outcome.ts';
import { patience } from './patience.ts';

const FILES = 300;

let stage: Rehearsal;
let fleet: FleetOfProcesses;

beforeAll(async () => {
  stage = await rehearse({ seed: 'two-machines', faults: { latencyMs: { min: 150, max: 250 } } });
  fleet = await FleetOfProcesses.make(stage, { helpers: 1 });
}, 180_000);
afterAll(async () => {
  await fleet?.close();
  await stage?.close();
}, 60_000);

it('two machines do one task together, and its results and report are complete when no agent is there any more', async () => {
  const source = join(stage.folder, 'share');
  await generateShare({
    ...{ directory: source, seed: 'two', files: FILES, totalBytes: FILES * 2_000 },
    ...{ oddities: false, now: Date.UTC(2026, 10, 1) },
  });
  const task = await fleet.give(source, 'two', { parallelFiles: 4 });
  await patience('both work', async () => ((await fleet.working()) === 2 ? true : undefined));
  const row = await fleet.until(task, 'the run has ended', ({ run }) => run !== null && isEnded(run.state));
  await expectWhole(stage, row, source, 'two');
  await Promise.all(fleet.machines.map((machine) => machine.close()));

  // The data folder of the coordinator is all that is left; nothing is started in it.
  const opened = await createMachine({
    ...{ dataFolder: fleet.coordinator.data, cloud: publicClouds.global, signIn: undefined },
    ...{ now: Date.now, random: Math.random, version: '0', machineName: 'reader' },
    onBug(error) {
      throw error;
    },
  });
  if (!opened.ok) throw new Error(opened.problem.code);
  const machine = opened.value;
  try {
    const run = row.run?.id ?? '';
    const page = await machine.coordinator.items(run, { kind: 'file', outcome: 'copied' }, undefined, 500);
    if (!page.ok) throw new Error(page.problem.code);
    expect(new Set(page.value.items.map(({ path }) => path)).size).toBe(FILES);
    const report = await machine.report(run);
    if (!report.ok) throw new Error(report.problem.code);
    const read = (name: string) => readFile(join(report.value.folder, name), 'utf8');
    expect(JSON.parse(await read('summary.json'))).toMatchObject({ addsUp: true, counts: row.counts });
    const items = await read('items.csv');
    for (const { path } of page.value.items) expect(items).toContain(path.split('/').at(-1));
  } finally {
    await machine.close();
  }
}, 600_000);
