import type { Ring } from '../../../src-shared/contract/budget.ts';
import type { FleetContract } from '../../../src-shared/contract/fleet.ts';
import type { FleetMachine, FleetState } from '../../../src-shared/contract/fleet-admin.ts';
import type { ListenWish } from '../../../src-shared/contract/listen-wish.ts';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import { createSerial } from '../../basics/serial.ts';
import type { MemberRecord } from '../../store/fleet-store.ts';
import type { ConsoleChannel } from '../wire/channel.ts';
import { invitationText, readInvitation } from '../wire/invitation.ts';
import { Members } from '../wire/members.ts';
import { type FleetDeskParts, otherRole, tell } from './desk-parts.ts';
import { FleetMachines } from './fleet-machines.ts';
import { type KeptRole, readRole } from './kept-role.ts';
import { Listening, listenerOf } from './listening.ts';
import { Membership } from './membership.ts';
import { GivingAway } from './move/giving-away.ts';
import { TakingOver } from './move/taking-over.ts';

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
  readonly #givingAway: GivingAway;
  readonly #takingOver: TakingOver;
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
    this.#listening = new Listening(parts, members, this.#serial, signal, role);
    const room = { members, listening: this.#listening, serial: this.#serial };
    this.#takingOver = new TakingOver(parts, room, () => this.#membership, signal, role.taking);
    this.#membership = new Membership(parts, signal, role.joined, this.#takingOver);
    this.#givingAway = new GivingAway(parts, this.#listening, this.#membership, signal);
    this.#machines = new FleetMachines(members, this.#listening, (machine) => parts.own.lastSeen(machine));
  }

  /** Listens, or connects, as the machine's place wants it. That it cannot is no failure here: {@link state} tells it. */
  start(): Promise<void> {
    return this.#serial.run(async () => {
      await this.#givingAway.start();
      await this.#takingOver.start();
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
    const listener = this.#isCoordinator ? await this.#listening.state() : null;
    return { machine, name, role: listener === null ? 'alone' : 'coordinator', listener, joined };
  }

  /** See contract/fleet-admin.ts, here and below. */
  async machines(): Promise<FleetMachine[]> {
    return this.#isFormer ? [] : this.#machines.list();
  }

  promote(wish: ListenWish): Promise<Result<FleetState>> {
    return this.#serial.run(async () => {
      if (this.hasJoined) return this.#otherRole('it has joined the fleet of another machine');
      const changed = await this.#listening.change(listenerOf(wish, this.#listening.kept));
      if (!changed.ok) return changed;
      // Another fleet than the one that it had.
      if (this.#isFormer) await this.#forgetFormer();
      await tell(this.#parts, { kind: 'promoted', port: this.#listening.kept?.port ?? 0 });
      return ok(await this.state());
    });
  }

  demote(force: boolean): Promise<Result<FleetState>> {
    return this.#serial.run(async () => {
      if (this.#listening.kept === undefined)
        return this.#otherRole('it is no coordinator of other machines');
      const members = this.#members.list().filter(({ state }) => state === 'member');
      if (!force && members.length > 0) return this.#otherRole(wouldBeLost(members, this.#isFormer));
      await this.#listening.forget();
      await this.#parts.store.clearInvitations();
      if (this.#isFormer) {
        await this.#forgetFormer();
        return ok(await this.state());
      }
      for (const { machine } of this.#members.list()) await this.#members.leave(machine);
      await tell(this.#parts, { kind: 'demoted' });
      return ok(await this.state());
    });
  }

  /** Hands the fleet over to a machine that has joined; it comes back when that one is the coordinator. */
  move(machine: string, listen: ListenWish): Promise<Result<FleetState>> {
    return this.#serial.run(async () => {
      if (!this.#isCoordinator) return this.#otherRole('it is no coordinator of other machines');
      const member = this.#members.get(machine);
      if (member?.state !== 'member') return failed('machine-unknown', { where: member?.name ?? machine });
      const moved = await this.#givingAway.to(member, listen);
      return moved.ok ? ok(await this.state()) : moved;
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
    return this.#judge(machine, () => this.#machines.accept(machine));
  }

  revoke(machine: string): Promise<Result<FleetMachine>> {
    return this.#judge(machine, () => this.#machines.revoke(machine));
  }

  join(text: string): Promise<Result<FleetState>> {
    return this.#serial.run(async () => {
      if (this.#isCoordinator) return this.#otherRole('it is a coordinator itself: demote it first');
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
      if (this.#takingOver.isBound) return failed('fleet-moving');
      await this.#takingOver.drop();
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

  get #isCoordinator(): boolean {
    return this.#listening.kept !== undefined && !this.hasJoined && !this.#isFormer;
  }

  /** It was the coordinator of a fleet that has another one by now. */
  get #isFormer(): boolean {
    return this.#listening.moved !== undefined;
  }

  /** Whoever has not heard where that fleet is will not hear it here any more. */
  async #forgetFormer(): Promise<void> {
    await this.#listening.forgetMoved();
    for (const { machine } of this.#members.list()) await this.#parts.store.removeMember(machine);
    await this.#members.reload();
  }

  /** In its turn: not while the machines of the fleet are on their way to another coordinator. */
  #judge(machine: string, judge: () => Promise<Result<FleetMachine>>): Promise<Result<FleetMachine>> {
    return this.#serial.run(async () =>
      this.#isFormer ? failed('machine-unknown', { where: machine }) : judge(),
    );
  }

  #otherRole(detail: string): Result<never> {
    return otherRole(this.#parts, detail);
  }
}

/** What a demotion would do to others. */
function wouldBeLost(members: readonly MemberRecord[], former: boolean): string {
  const names = members.map(({ name }) => name).join(', ');
  if (former)
    return `it still tells machines where the coordinator has moved to; of these, those that have not been there since would not find it any more: ${names}`;
  return `machines have joined it, would be forgotten and stop working: ${names}. To keep the fleet, hand it over to one of them`;
}
