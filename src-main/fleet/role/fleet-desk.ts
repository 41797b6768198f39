import type { Ring } from '../../../src-shared/contract/budget.ts';
import type { FleetContract } from '../../../src-shared/contract/fleet.ts';
import type { FleetMachine, FleetState } from '../../../src-shared/contract/fleet-admin.ts';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import { createSerial } from '../../basics/serial.ts';
import type { ConsoleChannel } from '../wire/channel.ts';
import { invitationText, readInvitation } from '../wire/invitation.ts';
import { Members } from '../wire/members.ts';
import { type FleetDeskParts, otherRole, tell } from './desk-parts.ts';
import { FleetMachines } from './fleet-machines.ts';
import { type KeptRole, readRole } from './kept-role.ts';
import { Listening } from './listening.ts';
import { Membership } from './membership.ts';

/** The port of a coordinator, unless another one is named. */
const FLEET_PORT = 7_443;

/**
 * The place of this machine in a fleet: alone, a coordinator that others join, or one that has joined another. It is kept in the
 * database, and comes into force with {@link start}; before that it can be changed and looked at, and nothing listens.
 */
export class FleetDesk {
  /** Whom the agent of this machine works for. */
  readonly fleet: FleetContract = {
    beat: (beat) => this.#fleet.beat(beat),
    alarm: (alarm) => this.#fleet.alarm?.(alarm),
  };
  readonly #parts: FleetDeskParts;
  readonly #members: Members;
  readonly #listening: Listening;
  readonly #membership: Membership;
  readonly #machines: FleetMachines;
  readonly #serial = createSerial();
  readonly #closing = new AbortController();

  static async open(parts: FleetDeskParts): Promise<FleetDesk> {
    const { store, keys, now } = parts;
    return new FleetDesk(parts, await Members.load({ store, keys, now }), await readRole(store));
  }

  private constructor(parts: FleetDeskParts, members: Members, role: KeptRole) {
    const { signal } = this.#closing;
    this.#parts = parts;
    this.#members = members;
    this.#listening = new Listening(parts, members, this.#serial, signal, role.listener);
    this.#membership = new Membership(parts, signal, role.joined);
    this.#machines = new FleetMachines(members, this.#listening, (machine) => parts.own.lastSeen(machine));
  }

  /** Listens, or connects, as the machine's place wants it. That it cannot is no failure here: {@link state} tells it. */
  start(): Promise<void> {
    return this.#serial.run(async () => {
      await this.#membership.start();
      await this.#listening.start();
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#serial.run(async () => {
      await this.#listening.close();
      await this.#membership.close();
    });
  }

  /** Lets the machines of the fleet beat at once, or one of them, which hears at the same time what cannot wait for that. */
  ring(machine?: string, ring?: Ring): void {
    this.#listening.ring(machine, ring);
  }

  /** Whether the tasks that count are those of another machine. */
  get hasJoined(): boolean {
    return this.#membership.kept !== undefined;
  }

  /** The way to the console of the coordinator that was joined; undefined while there is no connection. */
  get channel(): ConsoleChannel | undefined {
    return this.#membership.channel;
  }

  async state(): Promise<FleetState> {
    const { machine, name } = this.#parts;
    const joined = await this.#membership.state();
    if (joined !== null) return { machine, name, role: 'joined', listener: null, joined };
    const listener = await this.#listening.state();
    return { machine, name, role: listener === null ? 'alone' : 'coordinator', listener, joined };
  }

  /** See contract/fleet-admin.ts, here and below. */
  machines(): Promise<FleetMachine[]> {
    return this.#machines.list();
  }

  promote(wish: {
    readonly host?: string | undefined;
    readonly port?: number | undefined;
    readonly addresses?: readonly string[] | undefined;
  }): Promise<Result<FleetState>> {
    return this.#serial.run(async () => {
      if (this.hasJoined) return this.#otherRole('it has joined the fleet of another machine');
      const before = this.#listening.kept;
      const changed = await this.#listening.change({
        host: wish.host ?? before?.host ?? null,
        port: wish.port ?? before?.port ?? FLEET_PORT,
        addresses: [...(wish.addresses ?? before?.addresses ?? [])],
      });
      if (!changed.ok) return changed;
      await tell(this.#parts, { kind: 'promoted', port: this.#listening.kept?.port ?? 0 });
      return ok(await this.state());
    });
  }

  demote(force: boolean): Promise<Result<FleetState>> {
    return this.#serial.run(async () => {
      if (this.#listening.kept === undefined)
        return this.#otherRole('it is no coordinator of other machines');
      const members = this.#members.list().filter(({ state }) => state === 'member');
      if (!force && members.length > 0)
        return this.#otherRole(`machines have joined it: ${members.map(({ name }) => name).join(', ')}`);
      await this.#listening.forget();
      await this.#parts.store.clearInvitations();
      for (const { machine } of this.#members.list()) await this.#members.leave(machine);
      await tell(this.#parts, { kind: 'demoted' });
      return ok(await this.state());
    });
  }

  async invite(
    minutes: number,
    accept: boolean,
  ): Promise<Result<{ readonly invitation: string; readonly expiresAt: number }>> {
    const { listener } = await this.state();
    if (listener === null) return this.#otherRole('it is no coordinator of other machines: promote it first');
    if (listener.port === 0) return this.#otherRole('it has not listened yet, so its port is not known');
    const made = await this.#members.invite(minutes, accept);
    if (!made.ok) return made;
    const { addresses, port, fingerprint } = listener;
    const invitation = invitationText({ addresses, port, fingerprint, ...made.value });
    return ok({ invitation, expiresAt: made.value.expiresAt });
  }

  accept(machine: string): Promise<Result<FleetMachine>> {
    return this.#machines.accept(machine);
  }

  revoke(machine: string): Promise<Result<FleetMachine>> {
    return this.#machines.revoke(machine);
  }

  join(text: string): Promise<Result<FleetState>> {
    return this.#serial.run(async () => {
      if (this.#listening.kept !== undefined)
        return this.#otherRole('it is a coordinator itself: demote it first');
      const before = this.#membership.kept;
      if (before !== undefined)
        return this.#otherRole(`it has joined the fleet of ${before.name}: leave it first`);
      if (this.#parts.own.isWorking())
        return failed('wrong-state', { detail: 'a run of its own is under way: pause or stop it first' });
      const invitation = readInvitation(text);
      if (!invitation.ok) return invitation;
      const joined = await this.#membership.join(invitation.value);
      if (!joined.ok) return joined;
      await tell(this.#parts, { kind: 'fleet-joined', coordinator: joined.value });
      await this.#membership.connect();
      return ok(await this.state());
    });
  }

  leave(): Promise<Result<FleetState>> {
    return this.#serial.run(async () => {
      const before = this.#membership.kept;
      if (before === undefined) return this.#otherRole('it has joined nobody');
      await this.#membership.leave();
      await tell(this.#parts, { kind: 'fleet-left', coordinator: before.name });
      this.#parts.onRing();
      return ok(await this.state());
    });
  }

  rekey(): Promise<Result<FleetState>> {
    return this.#serial.run(async () => {
      const done = await this.#membership.rekey();
      return done.ok ? ok(await this.state()) : done;
    });
  }

  /** Of the coordinator that was joined, or of this process. */
  get #fleet(): FleetContract {
    return this.hasJoined ? this.#membership.fleet : this.#parts.own.fleet;
  }

  #otherRole(detail: string): Result<never> {
    return otherRole(this.#parts, detail);
  }
}
