import { once } from 'node:events';
import { type AddressInfo, connect as connectTcp, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FLEET_PROTOCOL } from '../../../src-shared/contract/fleet.ts';
import { sleep } from '../../basics/sleep.ts';
import { newKey, type SigningKey } from '../../store/signing-key.ts';
import { dial } from './dial.ts';
import { dialects } from './dialects.ts';
import { introduce } from './introduce.ts';
import { wordsOf } from './members.ts';
import { announceMove } from './moved.ts';
import type { Uplink } from './uplink.ts';
import { aBeat, must, WireRig } from './wire-rig.ts';

const WAIT = { timeout: 10_000, interval: 10 };

let rig: WireRig;
beforeEach(async () => {
  rig = await WireRig.make();
});
afterEach(async () => {
  await rig.close();
  expect(rig.bugs).toEqual([]);
});

const until = (uplink: Uplink, state: Uplink['state']) =>
  vi.waitFor(() => expect(uplink.state).toBe(state), WAIT);

describe('joining', () => {
  it('waits for a yes, shows the same words at both ends, and then beats', async () => {
    const { key } = newKey();
    const invitation = await rig.invite(false);
    const { reception } = must(await rig.pair(invitation, 'machine-one', key));
    expect(reception).toEqual({ kind: 'pending', name: 'HQ', key: rig.key.publicKey });
    const uplink = rig.uplink('machine-one', key);
    await until(uplink, 'pending');
    expect(await uplink.fleet.beat(aBeat('machine-one'))).toMatchObject({
      ok: false,
      problem: { code: 'coordinator-away' },
    });
    const [member] = rig.members.list();
    expect(wordsOf(rig.hub.fingerprint, rig.key.publicKey, member?.key ?? '')).toBe(
      wordsOf(invitation.fingerprint, rig.key.publicKey, key.publicKey),
    );
    rig.hub.judged(must(await rig.members.accept('machine-one')));
    await until(uplink, 'connected');
    expect(await uplink.fleet.beat(aBeat('machine-one'))).toEqual({
      ok: true,
      value: { granted: [], units: [] },
    });
    expect(rig.beats).toHaveLength(1);
  });

  it('is over with an invitation that was used, has expired, or is of somebody else', async () => {
    const code = async (...given: Parameters<WireRig['pair']>) => {
      const met = await rig.pair(...given);
      return met.ok ? met.value.reception.kind : met.problem.code;
    };
    const good = await rig.invite();
    const { key } = newKey();
    expect(await code(good, 'machine-one', key)).toBe('welcome');
    // Its answer was lost: the same machine with the same key may ask again.
    expect(await code(good, 'machine-one', key)).toBe('welcome');
    expect(await code(good, 'machine-two')).toBe('invitation-used');
    const late = await rig.invite(true, 5);
    rig.clock.ahead = 5 * 60_000;
    expect(await code(late, 'machine-two')).toBe('invitation-expired');
    rig.clock.ahead = 0;
    const guessed = { ...(await rig.invite()), secret: 'AAAAAAAAAAAAAAAAAAAAAA' };
    expect(await code(guessed, 'machine-two')).toBe('invitation-unusable');
    expect(await code({ ...guessed, id: 'AAAAAAAA' }, 'machine-two')).toBe('invitation-unusable');
    expect(await code({ ...good, fingerprint: 'A'.repeat(43) }, 'machine-two')).toBe('fingerprint-wrong');
    // An invitation cannot be used to take the place of a machine that is there.
    expect(await code(await rig.invite(), 'machine-one')).toBe('machine-known');
    expect(rig.members.list().map(({ machine }) => machine)).toEqual(['machine-one']);
  });

  it('lets one in of two who come with the same invitation at once', async () => {
    const invitation = await rig.invite();
    const met = await Promise.all(['machine-a', 'machine-b'].map((id) => rig.pair(invitation, id)));
    expect(met.filter(({ ok }) => ok)).toHaveLength(1);
    expect(rig.members.list()).toHaveLength(1);
  });

  it('hears the greeting although it has something to do before it listens', async () => {
    const line = await rig.dial();
    await new Promise((resolve) => setTimeout(resolve, 200));
    const self = { machine: 'machine-one', name: 'one', key: newKey().key };
    const { fingerprint } = rig.hub;
    const invitation = await rig.invite();
    const met = await introduce(line, self, { fingerprint, protocols: [FLEET_PROTOCOL], invitation });
    expect(must(met).reception.kind).toBe('welcome');
    line.socket.terminate();
  });

  it('speaks the newest version that both know, and says when there is none', async () => {
    const line = await rig.dial();
    const self = { machine: 'machine-one', name: 'one', key: newKey().key };
    const given = { fingerprint: rig.hub.fingerprint, protocols: [FLEET_PROTOCOL + 7] };
    expect(await introduce(line, self, given)).toMatchObject({ problem: { code: 'protocol-unknown' } });
  });

  it('lets a machine of the version before work: the newer end translates', async () => {
    const present = dialects.get(FLEET_PROTOCOL);
    if (present === undefined) throw new Error('no dialect');
    await rig.shut();
    const older = {
      ...present,
      hearBeat: (beat: unknown) => ({ ...(beat as object), protocol: FLEET_PROTOCOL, freeSlots: 7 }),
    };
    const newer = new Map([
      [FLEET_PROTOCOL, older],
      [FLEET_PROTOCOL + 1, present],
    ]);
    await rig.open({ dialects: newer });
    const uplink = await rig.join('machine-old');
    await until(uplink, 'connected');
    must(await uplink.fleet.beat(aBeat('machine-old')));
    expect(rig.beats[0]?.freeSlots).toBe(7);
  });
});

describe('a machine that has joined', () => {
  it('is rung for, hears that it was sent away, and may come back', async () => {
    let rings = 0;
    const uplink = await rig.join('machine-one', { onRing: () => (rings += 1), sleep: quickSleep });
    await until(uplink, 'connected');
    const before = rings;
    rig.hub.ring();
    await vi.waitFor(() => expect(rings).toBeGreaterThan(before), WAIT);
    rig.hub.judged(must(await rig.members.revoke('machine-one')));
    await until(uplink, 'refused');
    expect(uplink.problem?.code).toBe('machine-revoked');
    expect(rig.hub.connected().size).toBe(0);
    rig.hub.judged(must(await rig.members.accept('machine-one')));
    await until(uplink, 'connected');
    expect(rig.gone, 'it may have been at work all the while').toEqual([]);
  });

  it('has gone when it closed its connection, and not when it fell silent', async () => {
    const relay = await silentRelay(rig.hub.port);
    try {
      const { key } = newKey();
      must(await rig.pair(await rig.invite(), 'machine-silent', key));
      const silent = rig.uplink('machine-silent', key, { place: { ...rig.place(), port: relay.port } });
      const leaving = await rig.join('machine-leaving');
      await until(silent, 'connected');
      await until(leaving, 'connected');
      relay.fallSilent();
      await leaving.close();
      await vi.waitFor(() => expect(rig.gone).toEqual(['machine-leaving']), WAIT);
      // Nothing comes of it for as long as that takes to be noticed.
      await vi.waitFor(() => expect(rig.hub.connected().size).toBe(0), WAIT);
      expect(rig.gone).toEqual(['machine-leaving']);
    } finally {
      relay.close();
    }
  }, 30_000);

  it('cannot beat for another one', async () => {
    const uplink = await rig.join();
    await until(uplink, 'connected');
    expect(await uplink.fleet.beat(aBeat('machine-two'))).toMatchObject({ problem: { code: 'bad-request' } });
    expect(rig.beats).toEqual([]);
  });

  it('comes back by itself when the coordinator was away, and its beats fail meanwhile', async () => {
    const uplink = await rig.join();
    await until(uplink, 'connected');
    const { port } = rig.hub;
    await rig.shut();
    expect(rig.gone).toEqual([]);
    await until(uplink, 'connecting');
    expect(await uplink.fleet.beat(aBeat('machine-one'))).toMatchObject({
      problem: { code: 'coordinator-away' },
    });
    await rig.open({ port });
    await until(uplink, 'connected');
    expect((await uplink.fleet.beat(aBeat('machine-one'))).ok).toBe(true);
  });

  it('that lost its connection in the middle of a beat hears so, and not nothing', async () => {
    let arrived = () => {};
    const came = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    await rig.shut();
    await rig.open({
      fleet: {
        beat: () => {
          arrived();
          return new Promise(() => undefined);
        },
      },
    });
    const uplink = await rig.join();
    await until(uplink, 'connected');
    const answer = uplink.fleet.beat(aBeat('machine-one'));
    await came;
    await rig.shut();
    expect(await answer).toMatchObject({ problem: { code: 'coordinator-away' } });
  });

  it('talks to the console over the same connection', async () => {
    const uplink = await rig.join();
    await until(uplink, 'connected');
    const heard: string[] = [];
    uplink.channel?.onFrame((frame) => heard.push(frame));
    uplink.channel?.send('one');
    await vi.waitFor(() => expect(heard).toEqual(['heard one']), WAIT);
  });

  it('gets another key while it is connected, and signs in with that alone from then on', async () => {
    const { key } = newKey();
    must(await rig.pair(await rig.invite(), 'machine-one', key));
    const kept: string[] = [];
    let settled: SigningKey | undefined;
    const uplink = rig.uplink('machine-one', key, {
      onKey: async (taken) => {
        settled = taken;
      },
    });
    await until(uplink, 'connected');
    must(
      await uplink.rekey(async (pem) => {
        kept.push(pem);
        return { ok: true, value: undefined };
      }),
    );
    expect(kept).toHaveLength(1);
    expect(settled?.publicKey).toBe(rig.members.get('machine-one')?.key);
    expect(settled?.publicKey).not.toBe(key.publicKey);
    await uplink.close();
    const old = rig.uplink('machine-one', key);
    await until(old, 'refused');
    await old.close();
  });

  it('finds out which of two keys is known when a change of the key was cut off', async () => {
    const [never, real] = [newKey().key, newKey().key];
    must(await rig.pair(await rig.invite(), 'machine-one', real));
    const uplink = rig.uplink('machine-one', never, { keys: [never, real], sleep: quickSleep });
    await until(uplink, 'connected');
  });

  it('leaves, and its key is worth nothing any more', async () => {
    const uplink = await rig.join();
    await until(uplink, 'connected');
    uplink.leave();
    await vi.waitFor(() => expect(rig.members.list()).toEqual([]), WAIT);
    await until(uplink, 'refused');
  });

  it('follows a coordinator that moved, when the one that it knows has signed that', async () => {
    const other = await WireRig.make();
    try {
      const { key } = newKey();
      must(await rig.pair(await rig.invite(), 'machine-one', key));
      await other.store.saveMember({
        machine: 'machine-one',
        name: 'one',
        key: key.publicKey,
        state: 'member',
        pairedAt: 1,
      });
      await other.shut();
      const uplink = rig.uplink('machine-one', key);
      await until(uplink, 'connected');
      const there = { addresses: ['127.0.0.1'], port: 1, fingerprint: 'A'.repeat(43) };
      rig.hub.tellMoved(announceMove(there, other.key.publicKey, 1, other.key));
      await until(uplink, 'connecting');
      // It was not signed by its coordinator: it comes back.
      await until(uplink, 'connected');
      rig.hub.tellMoved(announceMove(there, other.key.publicKey, 1, rig.key));
      await vi.waitFor(() => expect(uplink.problem?.code).toBe('coordinator-unreachable'), WAIT);
    } finally {
      await other.close();
    }
  });
});

describe('many machines', () => {
  it('are all back after the coordinator was restarted, and each beats for itself', async () => {
    const machines: Uplink[] = [];
    for (let no = 0; no < 20; no += 1) machines.push(await rig.join(`machine-${no}`));
    for (const machine of machines) await until(machine, 'connected');
    const { port } = rig.hub;
    await rig.shut();
    await rig.open({ port });
    await Promise.all(
      machines.map((machine, no) =>
        vi.waitFor(async () => must(await machine.fleet.beat(aBeat(`machine-${no}`))), WAIT),
      ),
    );
    expect(new Set(rig.beats.map(({ machine }) => machine)).size).toBe(20);
  });
});

it('an address at which nobody listens, and one that is given up', async () => {
  const place = { ...rig.place(), port: 1 };
  expect(await dial(place, new AbortController().signal)).toMatchObject({
    problem: { code: 'coordinator-unreachable' },
  });
  expect(await dial(rig.place(), AbortSignal.abort())).toMatchObject({
    problem: { code: 'coordinator-unreachable' },
  });
});

/** Carries bytes between a machine and the coordinator until it falls silent, as a cable does that is pulled. */
async function silentRelay(port: number) {
  const pairs: Socket[] = [];
  const server = createServer((near) => {
    const far = connectTcp({ host: '127.0.0.1', port });
    pairs.push(near, far);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('error', () => from.destroy());
      from.pipe(to);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    fallSilent() {
      server.close();
      for (const socket of pairs) socket.unpipe().pause();
    },
    close() {
      server.close();
      for (const socket of pairs) socket.destroy();
    },
  };
}

/** Half a minute is long for a test. */
function quickSleep(ms: number, signal: AbortSignal): Promise<void> {
  return sleep(Math.min(ms, 50), signal);
}
