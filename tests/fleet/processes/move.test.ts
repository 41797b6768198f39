import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateShare } from '../../../src-practice/share/share.ts';
import { isEnded } from '../../../src-shared/model/run.ts';
import type { CliEnd } from '../../support/cli.ts';
import { type Rehearsal, rehearse } from '../../support/rehearsal.ts';
import { full, seed } from '../../support/seed.ts';
import { FleetOfProcesses } from './fleet-of-processes.ts';
import type { MachineProcess } from './machine-process.ts';
import { expectWhole } from './outcome.ts';
import { patience } from './patience.ts';

const FILES = 300;

let stage: Rehearsal;
let fleet: FleetOfProcesses;
/** Whoever is the coordinator now. */
let coordinator: MachineProcess;

beforeAll(async () => {
  stage = await rehearse({
    seed: 'move',
    faults: { latencyMs: { min: 150, max: 250 } },
    sessionMinutes: 0.25,
  });
  fleet = await FleetOfProcesses.make(stage, { helpers: 2 });
  coordinator = fleet.coordinator;
}, 600_000);
afterAll(async () => {
  await fleet?.close();
  await stage?.close();
}, 60_000);

const roleOf = (machine: MachineProcess) => machine.ask((client) => client.fleet.state());

/** Waits until one machine is the coordinator and the two others are connected to it; which one that is. */
function together(): Promise<MachineProcess> {
  return patience('one machine is the coordinator and the others work for it', async () => {
    const states = await Promise.all(fleet.machines.map(roleOf));
    const [no, ...more] = states.flatMap(({ role }, at) => (role === 'coordinator' ? at : []));
    expect(more, 'there is never a second coordinator').toEqual([]);
    const one = no === undefined ? undefined : fleet.machines[no];
    const connected = states.filter(({ joined }) => joined?.state === 'connected').length;
    if (one === undefined || connected < 2) return undefined;
    const there = await one.ask((client) => client.fleet.machines());
    return there.filter((machine) => machine.connected).length === 2 ? one : undefined;
  });
}

/** Orders the move; what the command says of it. */
async function move(to: MachineProcess): Promise<CliEnd> {
  const { machine } = await roleOf(to);
  const where = ['--listen', '127.0.0.1', '--port', '0', '--address', '127.0.0.1'];
  return coordinator.say('fleet', 'move', '--to', machine, ...where);
}

/** A run of a share of its own, at work on all machines. */
async function runUnderWay(name: string): Promise<{ readonly task: string; readonly source: string }> {
  const source = join(stage.folder, name);
  await generateShare({
    ...{ directory: source, seed: name, files: FILES, totalBytes: FILES * 2_000 },
    ...{ oddities: false, now: Date.UTC(2026, 10, 1) },
  });
  const task = await fleet.give(source, name, { parallelFiles: 4 }, coordinator);
  await patience('all work', async () => ((await fleet.working(coordinator)) === 3 ? true : undefined));
  return { task, source };
}

async function endsWhole(name: string, { task, source }: { task: string; source: string }): Promise<void> {
  const row = await fleet.until(
    task,
    'the run has ended',
    ({ run }) => run !== null && isEnded(run.state),
    coordinator,
  );
  await expectWhole(stage, row, source, name);
}

/** Does something as soon as a file is there. */
async function once(file: string, act: () => Promise<void>, signal: AbortSignal): Promise<boolean> {
  while (!existsSync(file)) {
    if (signal.aborted) return false;
    await nextTurn();
  }
  await act();
  return true;
}

describe('the coordinator of a fleet of three processes', () => {
  it('moves to another machine while a run goes on: all follow, nothing is lost or done twice', async () => {
    const [heir] = fleet.helpers;
    if (heir === undefined) throw new Error('there is no helper');
    const run = await runUnderWay('moved');
    const old = coordinator;
    const invited = await old.ask(({ fleet: desk }) => desk.invite({ minutes: 10, accept: true }));
    const moved = await move(heir);
    expect(moved, moved.stderr).toMatchObject({ code: 0 });
    expect(moved.stdout).toMatch(/is the coordinator now/);
    coordinator = await together();
    expect(coordinator.name).toBe(heir.name);
    const kept = await coordinator.ask(({ tasks }) => tasks.get({ task: run.task }));
    expect(kept.ok).toBe(true);
    // At the former one its console shows the fleet of the new one.
    expect(await old.ask(({ tasks }) => tasks.list({ limit: 10 }))).toMatchObject({
      tasks: [{ task: { id: run.task } }],
    });
    if (!invited.ok) throw new Error(invited.problem.code);
    await endsWhole('moved', run);
    const events = await coordinator.ask(({ events: told }) => told.page({ limit: 200 }));
    expect(events.some(({ facts }) => facts.kind === 'fleet-taken-over')).toBe(true);
    expect(
      events.some(({ facts }) => facts.kind === 'unit-taken-over'),
      'nobody lost a unit',
    ).toBe(false);
  }, 600_000);

  it('says why it stays where it is, and changes nothing', async () => {
    const other = fleet.helpers.find((machine) => machine !== coordinator);
    if (other === undefined) throw new Error('there is no other helper');
    const { machine } = await roleOf(other);
    // An address of nobody (RFC 5737).
    const unable = await coordinator.say('fleet', 'move', '--to', machine, '--listen', '192.0.2.1');
    expect(unable.code).toBe(1);
    expect(unable.stderr).toMatch(/could not be moved[\s\S]*listener-unable/);
    const unknown = await coordinator.say('fleet', 'move', '--to', 'nobody');
    expect(unknown.stderr).toMatch(/No machine of this fleet has this name/);
    expect((await other.say('fleet', 'move', '--to', 'nobody')).code).not.toBe(0);
    expect(await together()).toBe(coordinator);
  }, 300_000);

  // Where each is killed, by a file that is there from that step on.
  const steps = [
    ['the old one, as the fleet begins to rest', 'old', 'old', 'out'],
    ['the new one, as it has the database', 'heir', 'heir', 'in/fleet.db'],
    ['the old one, as the new one has the database', 'old', 'heir', 'in/fleet.db'],
    ['the old one, as it has moved', 'old', 'old', 'handed-over.db'],
    ['the new one, as it is told to', 'heir', 'old', 'handed-over.db'],
  ] as const;
  // Some of them each day, by its seed; all of them in a soak.
  const from = [...seed].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  const chosen = steps
    .map((_, no) => steps[(from + no) % steps.length] ?? steps[0])
    .slice(0, full(steps.length, 2));
  for (const [what, victim, at, file] of chosen)
    it(`is one machine, and the run ends whole, when a kill meets ${what}`, async () => {
      const name = `killed-${steps.findIndex(([one]) => one === what)}`;
      const old = coordinator;
      const heir = fleet.machines.find((machine) => machine !== old);
      if (heir === undefined) throw new Error('there is no other machine');
      const machines = { old, heir };
      await machines[at].clear(join('moving', 'handed-over.db'));
      const run = await runUnderWay(name);
      const over = new AbortController();
      const killed = once(
        join(machines[at].data, 'moving', file),
        () => machines[victim].kill(),
        over.signal,
      );
      await move(heir);
      over.abort();
      expect(await killed).toBe(true);
      await machines[victim].start();
      coordinator = await together();
      await endsWhole(name, run);
    }, 600_000);
});
