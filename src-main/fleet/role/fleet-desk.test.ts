import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { must } from '../wire/wire-rig.ts';
import { DeskRig, HERE } from './desk-rig.ts';
import type { FleetDesk } from './fleet-desk.ts';

const WAIT = { timeout: 20_000, interval: 20 };

const rig = new DeskRig();
afterEach(() => rig.close());

async function coordinator(): Promise<FleetDesk> {
  const { desk } = await rig.desk('HQ');
  await desk.start();
  must(await desk.promote(HERE));
  return desk;
}

describe('the place of a machine', () => {
  it('is alone at first, and says what it would have to be for each order', async () => {
    const { desk } = await rig.desk('PC');
    expect(await desk.state()).toMatchObject({ role: 'alone', listener: null, joined: null });
    for (const order of [desk.invite(60, false), desk.demote(false), desk.leave(), desk.rekey()])
      expect(await order).toMatchObject({ ok: false, problem: { code: 'fleet-role', where: 'PC' } });
    expect(await desk.accept('nobody')).toMatchObject({ ok: false, problem: { code: 'machine-unknown' } });
    expect(await desk.revoke('nobody')).toMatchObject({ ok: false, problem: { code: 'machine-unknown' } });
  });

  it('keeps listening where it did when it is promoted to a port that is taken', async () => {
    const desk = await coordinator();
    const before = (await desk.state()).listener;
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    rig.onClose(() => new Promise((resolve) => other.close(resolve)));
    const address = other.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    expect(await desk.promote({ port })).toMatchObject({ ok: false, problem: { code: 'listener-unable' } });
    expect((await desk.state()).listener).toEqual(before);
    expect(before).toMatchObject({ listening: true, problem: null });
  });

  it('changes by joining, being let in, being sent away and leaving; both ends show the same words', async () => {
    const hq = await coordinator();
    const { desk: pc } = await rig.desk('PC');
    await pc.start();
    const { invitation } = must(await hq.invite(60, false));
    must(await pc.join(invitation));
    await vi.waitFor(async () => expect((await pc.state()).joined?.state).toBe('pending'), WAIT);
    const [machine] = await hq.machines();
    expect(machine).toMatchObject({ name: 'PC', state: 'pending', words: (await pc.state()).joined?.words });
    expect(await pc.promote(HERE)).toMatchObject({ ok: false, problem: { code: 'fleet-role' } });
    expect(await pc.join(invitation)).toMatchObject({ ok: false, problem: { code: 'fleet-role' } });

    must(await hq.accept('machine-pc'));
    await vi.waitFor(async () => expect((await pc.state()).joined?.state).toBe('connected'), WAIT);
    must(await pc.rekey());
    expect((await hq.machines())[0]?.words).toBe((await pc.state()).joined?.words);
    expect(await hq.demote(false)).toMatchObject({ ok: false, problem: { code: 'fleet-role' } });

    must(await hq.revoke('machine-pc'));
    await vi.waitFor(async () => expect((await pc.state()).joined?.state).toBe('refused'), WAIT);
    expect(must(await pc.leave()).role).toBe('alone');
    expect(must(await hq.demote(false)).role).toBe('alone');
    expect(await hq.machines()).toEqual([]);
  });

  it('is not changed by an invitation while a run of its own is under way', async () => {
    const hq = await coordinator();
    const { desk } = await rig.desk('PC', { working: true });
    const { invitation } = must(await hq.invite(60, false));
    expect(await desk.join(invitation)).toMatchObject({ ok: false, problem: { code: 'wrong-state' } });
    expect((await desk.state()).role).toBe('alone');
  });

  it('tells that it does not connect when its key is gone', async () => {
    const hq = await coordinator();
    const { desk, files } = await rig.desk('PC');
    const { invitation } = must(await hq.invite(60, true));
    must(await desk.join(invitation));
    await rm(files.memberKeyFile);
    await desk.start();
    expect((await desk.state()).joined?.problem).toMatchObject({ code: 'wire-refused' });
    expect(must(await desk.leave()).role).toBe('alone');
  });
});
