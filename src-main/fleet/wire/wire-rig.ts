import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Beat, FLEET_PROTOCOL, type FleetContract } from '../../../src-shared/contract/fleet.ts';
import { ok, type Result } from '../../../src-shared/model/problem.ts';
import { sleep } from '../../basics/sleep.ts';
import type { FleetStore } from '../../store/fleet-store.ts';
import { keyFile } from '../../store/key-file.ts';
import { openFleetStore } from '../../store/open-fleet-store.ts';
import { newKey, type SigningKey } from '../../store/signing-key.ts';
import { makeIdentity, type ServerIdentity } from './certificate.ts';
import { dial, type Line } from './dial.ts';
import { type Hub, type HubParts, openHub } from './hub.ts';
import { type Introduced, introduce } from './introduce.ts';
import type { Invitation } from './invitation.ts';
import { Members } from './members.ts';
import { Uplink, type UplinkParts } from './uplink.ts';

/** For tests: a value, or the code of what went wrong as an exception. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.problem.code} ${result.problem.detail ?? ''}`);
  return result.value;
}

/** For tests: a coordinator's door on 127.0.0.1 over a real database, and machines that come to it over real sockets. */
export class WireRig {
  readonly store: FleetStore;
  readonly members: Members;
  readonly identity: ServerIdentity;
  readonly key: SigningKey = newKey().key;
  /** Beats that arrived. */
  readonly beats: Beat[] = [];
  readonly gone: string[] = [];
  readonly bugs: unknown[] = [];
  /** The coordinator's clock is ahead by so many milliseconds. */
  readonly clock: { ahead: number };
  readonly #folder: string;
  readonly #closings: (() => Promise<void>)[] = [];
  #hub: Hub | undefined;

  static async make(given: Partial<HubParts> = {}): Promise<WireRig> {
    const folder = await mkdtemp(join(tmpdir(), 'convoy-wire-'));
    const { store } = must(await openFleetStore({ file: join(folder, 'fleet.db'), now: Date.now }));
    const keys = keyFile(join(folder, 'seal.key'));
    const clock = { ahead: 0 };
    const members = await Members.load({ store, keys, now: () => Date.now() + clock.ahead });
    const rig = new WireRig({ folder, store, members, clock, identity: await makeIdentity(Date.now()) });
    await rig.open(given);
    return rig;
  }

  private constructor(parts: Pick<WireRig, 'store' | 'members' | 'identity' | 'clock'> & { folder: string }) {
    this.store = parts.store;
    this.members = parts.members;
    this.identity = parts.identity;
    this.clock = parts.clock;
    this.#folder = parts.folder;
  }

  get hub(): Hub {
    if (this.#hub === undefined) throw new Error('the door is closed');
    return this.#hub;
  }

  /** Opens the door, or opens it again at the same port. */
  async open(given: Partial<HubParts> = {}): Promise<void> {
    const fleet: FleetContract = {
      beat: async (beat) => {
        this.beats.push(beat);
        return ok({ granted: [], units: [] });
      },
    };
    const opened = await openHub({
      members: this.members,
      identity: this.identity,
      host: '127.0.0.1',
      port: 0,
      self: { name: 'HQ', key: this.key.publicKey },
      fleet,
      serveConsole: (channel) => channel.onFrame((frame) => channel.send(`heard ${frame}`)),
      onGone: (machine) => this.gone.push(machine),
      now: () => Date.now() + this.clock.ahead,
      onBug: (error) => this.bugs.push(error),
      ...given,
    });
    this.#hub = must(opened);
  }

  async shut(): Promise<void> {
    await this.#hub?.close();
    this.#hub = undefined;
  }

  place(): Pick<Invitation, 'addresses' | 'port' | 'fingerprint'> {
    return { addresses: ['127.0.0.1'], port: this.hub.port, fingerprint: this.hub.fingerprint };
  }

  async invite(accepts = true, minutes = 10): Promise<Invitation> {
    return { ...this.place(), ...must(await this.members.invite(minutes, accepts)) };
  }

  async dial(): Promise<Line> {
    return must(await dial(this.place(), new AbortController().signal));
  }

  /** Pairs a machine, over a connection of its own. */
  async pair(
    invitation: Invitation,
    machine = 'machine-one',
    key = newKey().key,
  ): Promise<Result<Introduced>> {
    const line = await dial(invitation, new AbortController().signal);
    if (!line.ok) return line;
    const self = { machine, name: machine, key };
    const { fingerprint } = invitation;
    const met = await introduce(line.value, self, { fingerprint, protocols: [FLEET_PROTOCOL], invitation });
    line.value.socket.terminate();
    return met;
  }

  /** A machine that has joined, with its connection. */
  async join(machine = 'machine-one', given: Partial<UplinkParts> = {}): Promise<Uplink> {
    const { key } = newKey();
    must(await this.pair(await this.invite(), machine, key));
    return this.uplink(machine, key, given);
  }

  uplink(machine: string, key: SigningKey, given: Partial<UplinkParts> = {}): Uplink {
    const uplink = new Uplink({
      machine,
      name: machine,
      place: this.place(),
      coordinator: this.key.publicKey,
      keys: [key],
      onRing: () => undefined,
      onMoved: async () => undefined,
      onKey: async () => undefined,
      now: Date.now,
      random: Math.random,
      sleep,
      onBug: (error) => this.bugs.push(error),
      ...given,
    });
    this.#closings.push(() => uplink.close());
    return uplink;
  }

  /** What was told of strangers, oldest first. */
  async refused(): Promise<string[]> {
    const events = await this.store.events({ limit: 200 });
    return events.flatMap(({ facts }) => (facts.kind === 'stranger-refused' ? facts.why : [])).reverse();
  }

  async close(): Promise<void> {
    for (const close of this.#closings) await close();
    await this.shut();
    await this.store.close();
    await rm(this.#folder, { recursive: true });
  }
}

export function aBeat(machine: string, number = 1): Beat {
  return {
    protocol: FLEET_PROTOCOL,
    machine,
    name: machine,
    session: 'session-one',
    number,
    freeSlots: 1,
    units: [],
  };
}
