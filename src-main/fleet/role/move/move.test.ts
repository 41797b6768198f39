import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { defaultSettings } from '../../../../src-shared/model/settings.ts';
import { aBeat, must } from '../../wire/wire-rig.ts';
import { DeskRig, HERE } from '../desk-rig.ts';
import { keepRole, readRole } from '../kept-role.ts';

const WAIT = { timeout: 60_000, interval: 20 };
vi.setConfig({ testTimeout: 240_000 });
const TASK = {
  ...{ id: 'task-1', name: 'One', source: '/a', destination: 'https://a/' },
  ...{ settings: defaultSettings, createdAt: 1 },
};

const rig = new DeskRig();
afterEach(() => rig.close());

/** A coordinator with a task, and machines that have joined it. */
async function fleetOf(...names: readonly string[]) {
  const hq = await rig.desk('HQ');
  await hq.desk.start();
  must(await hq.desk.promote(HERE));
  await hq.store.addTask(TASK);
  const machines = await Promise.all(names.map((name) => rig.desk(name)));
  for (const { desk } of machines) {
    await desk.start();
    must(await desk.join(must(await hq.desk.invite(60, true)).invitation));
  }
  for (const { desk } of machines) await connected(desk);
  return { hq, machines };
}

type Desk = Awaited<ReturnType<DeskRig['desk']>>['desk'];

async function connected(desk: Desk, to?: string): Promise<void> {
  await vi.waitFor(async () => {
    const { joined } = await desk.state();
    expect(joined).toMatchObject({ state: 'connected', ...(to === undefined ? {} : { coordinator: to }) });
  }, WAIT);
}

/** Whose coordinator answers a machine. */
async function answersFrom(desk: Desk, machine: string): Promise<string | undefined> {
  const answer = await desk.fleet.beat(aBeat(machine));
  return answer.ok ? answer.value.coordinator : answer.problem.code;
}

describe('a coordinator that hands its fleet over', () => {
  it('is a machine like the others afterwards, and everybody finds the new one, also from an address of before', async () => {
    const {
      hq,
      machines: [pc, other],
    } = await fleetOf('PC', 'Other');
    if (pc === undefined || other === undefined) throw new Error('two have joined');
    must(await hq.desk.invite(60, true));
    must(await hq.desk.move('machine-pc', HERE));
    await connected(hq.desk, 'PC');
    await connected(other.desk, 'PC');
    await vi.waitFor(async () => expect(await pc.desk.state()).toMatchObject({ role: 'coordinator' }), WAIT);
    expect(await hq.desk.state()).toMatchObject({ role: 'joined', listener: null });
    expect((await pc.store.task('task-1'))?.name).toBe('One');
    expect(await hq.store.task('task-1')).toBeUndefined();
    expect([hq.seat, pc.seat, other.seat]).toEqual([['rests', 'goes on'], ['rests', 'goes on'], []]);
    expect(await answersFrom(hq.desk, 'machine-hq')).toBe('of-pc');
    expect(await answersFrom(other.desk, 'machine-other')).toBe('of-pc');
    expect(await answersFrom(pc.desk, 'machine-pc')).toBe('of-pc');
    const names = async (desk: Desk) => (await desk.machines()).map(({ name }) => name).sort();
    expect(await names(pc.desk)).toEqual(['HQ', 'Other']);
    expect(await names(hq.desk)).toEqual([]);
    for (const order of [
      hq.desk.promote(HERE),
      hq.desk.invite(60, true),
      hq.desk.move('machine-other', HERE),
    ])
      expect(await order).toMatchObject({ ok: false, problem: { code: 'fleet-role' } });
    expect(await hq.desk.revoke('machine-other')).toMatchObject({ problem: { code: 'machine-unknown' } });
    expect(existsSync(join(hq.files.movingFolder, 'handed-over.db'))).toBe(true);

    // Both start again, and nobody has forgotten anything.
    hq.desk = await hq.again();
    pc.desk = await pc.again();
    await connected(hq.desk, 'PC');
    await connected(other.desk, 'PC');

    // Back again, past the first one: a machine that slept through both finds its way.
    const asleep = await readRole(other.store);
    must(await pc.desk.move('machine-hq', {}));
    await connected(pc.desk, 'HQ');
    await connected(other.desk, 'HQ');
    await other.desk.close();
    await keepRole(other.store, asleep);
    other.desk = await other.again();
    await connected(other.desk, 'HQ');
    expect((await hq.store.task('task-1'))?.name).toBe('One');
  });

  it('stays what it is when something is in the way, and says what', async () => {
    const {
      hq,
      machines: [pc],
    } = await fleetOf('PC');
    if (pc === undefined) throw new Error('one has joined');
    const refused = async (listen: Parameters<Desk['move']>[1], detail: RegExp) => {
      const moved = await hq.desk.move('machine-pc', listen);
      expect(moved).toMatchObject({ ok: false, problem: { code: 'move-failed', where: 'PC' } });
      if (!moved.ok) expect(moved.problem.detail).toMatch(detail);
      expect(await hq.desk.state()).toMatchObject({ role: 'coordinator', listener: { listening: true } });
      await vi.waitFor(async () => expect(await answersFrom(pc.desk, 'machine-pc')).toBe('of-hq'), WAIT);
      expect(existsSync(hq.files.memberKeyFile)).toBe(false);
    };
    // An address of nobody (RFC 5737).
    await refused({ host: '192.0.2.1' }, /listener-unable/);
    await pc.store.addTask(TASK);
    await refused(HERE, /tasks of this fleet are on this machine already/);
    expect(hq.seat).toEqual(['rests', 'goes on']);
    // What was fetched and counts for nothing is gone, and so is the door.
    await vi.waitFor(() => expect(existsSync(join(pc.files.movingFolder, 'in'))).toBe(false), WAIT);
    await pc.desk.close();
    await refusedAway(hq.desk);
  });

  it('waits for nobody who reads what it knows', async () => {
    const hq = await rig.desk('HQ', { reporting: true });
    const pc = await rig.desk('PC');
    for (const { desk } of [hq, pc]) await desk.start();
    must(await hq.desk.promote(HERE));
    must(await pc.desk.join(must(await hq.desk.invite(60, true)).invitation));
    await connected(pc.desk);
    const moved = await hq.desk.move('machine-pc', HERE);
    expect(moved).toMatchObject({
      problem: { code: 'move-failed', detail: expect.stringMatching(/report/) },
    });
    expect(hq.seat).toEqual([]);
  });

  it('may be demoted at once when nobody needs it, and says who does', async () => {
    const {
      hq,
      machines: [pc],
    } = await fleetOf('PC');
    if (pc === undefined) throw new Error('one has joined');
    expect(await hq.desk.demote(false)).toMatchObject({
      problem: { code: 'fleet-role', detail: expect.stringMatching(/would be forgotten.*PC/) },
    });
    must(await hq.desk.move('machine-pc', HERE));
    await connected(hq.desk, 'PC');
    // It tells where the coordinator is, for as long as nobody says otherwise.
    must(await hq.desk.leave());
    expect(await hq.desk.state()).toMatchObject({ role: 'alone' });
    expect(await hq.desk.demote(false)).toMatchObject({
      problem: { detail: expect.stringMatching(/moved/) },
    });
    expect(must(await hq.desk.demote(true)).role).toBe('alone');
    expect(await readRole(hq.store)).toEqual({});
  });
});

/** A machine that is not there cannot be the coordinator. */
async function refusedAway(desk: Desk): Promise<void> {
  await vi.waitFor(async () => expect((await desk.machines())[0]?.connected).toBe(false), WAIT);
  expect(await desk.move('machine-pc', HERE)).toMatchObject({
    problem: { code: 'move-failed', detail: 'it is not connected' },
  });
}

describe('a machine that was to be the coordinator and died over it', () => {
  it('forgets it when it is welcomed as a machine, and cannot leave before it knows', async () => {
    const {
      hq,
      machines: [pc],
    } = await fleetOf('PC');
    if (pc === undefined) throw new Error('one has joined');
    const { joined } = await readRole(pc.store);
    if (joined === undefined) throw new Error('it has joined');
    const { listener } = await readRole(hq.store);
    if (listener === undefined) throw new Error('it listens');
    const former = { machine: 'machine-hq', name: 'HQ', key: joined.key };
    const taking = { since: Date.now(), listener, place: joined.place, key: joined.key, former, said: false };
    await pc.desk.close();
    await hq.desk.close();
    await keepRole(pc.store, { taking });
    pc.desk = await pc.again();
    expect(await pc.desk.leave()).toMatchObject({ problem: { code: 'fleet-moving' } });
    hq.desk = await hq.again();
    await connected(pc.desk, 'HQ');
    await vi.waitFor(async () => expect((await readRole(pc.store)).taking).toBeUndefined(), WAIT);
    must(await pc.desk.leave());
  });
});
