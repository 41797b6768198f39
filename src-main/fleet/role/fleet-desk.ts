import { hostname, networkInterfaces } from 'node:os';
import type { Ring } from '../../../src-shared/contract/budget.ts';
import type { EventFacts } from '../../../src-shared/contract/event-facts.ts';
import type { FleetContract } from '../../../src-shared/contract/fleet.ts';
import type { FleetMachine, FleetState } from '../../../src-shared/contract/fleet-admin.ts';
import { failed, ok, type Problem, type Result } from '../../../src-shared/model/problem.ts';
import type { FleetStore, MemberRecord } from '../../store/fleet-store.ts';
import type { KeyKeeper } from '../../store/secrets.ts';
import type { SigningKey } from '../../store/signing-key.ts';
import { createSerial } from '../serial.ts';
import { fingerprintOfPem, type ServerIdentity } from '../wire/certificate.ts';
import type { ConsoleChannel } from '../wire/channel.ts';
import { dial } from '../wire/dial.ts';
import { dialects } from '../wire/dialects.ts';
import { type Hub, openHub } from '../wire/hub.ts';
import { introduce } from '../wire/introduce.ts';
import { invitationText, readInvitation } from '../wire/invitation.ts';
import { Members, wordsOf } from '../wire/members.ts';
import { Uplink } from '../wire/uplink.ts';
import { type KeptJoined, type KeptListener, keepJoined, keepListener, readRole } from './kept-role.ts';
import { type MemberKeys, memberKeys } from './member-keys.ts';
import { ownAddresses } from './own-addresses.ts';
import { openServerFile, removeServerFile } from './server-file.ts';

/** The port of a coordinator, unless another one is named. */
export const FLEET_PORT = 7_443;
/** A listener that cannot be opened (a port that the process before still has) is tried again. */
const LISTEN_AGAIN_MS = 2_000;

export interface FleetDeskParts {
  readonly machine: string;
  readonly name: string;
  readonly store: FleetStore;
  readonly keys: KeyKeeper;
  readonly files: { readonly memberKeyFile: string; readonly serverFile: string };
  /** The key by which machines know this coordinator. */
  readonly signingKey: () => Promise<Result<SigningKey>>;
  /** The coordinator in this process. */
  readonly own: {
    readonly fleet: FleetContract;
    /** The connection of a machine broke. */
    gone(machine: string): void;
    /** Whether a run of its own is going on. */
    isWorking(): boolean;
    lastSeen(machine: string): number | null;
  };
  /** Answers a machine of the fleet as a screen is answered. */
  readonly serveConsole: (channel: ConsoleChannel) => void;
  /** Lets the agent of this machine beat. */
  readonly onRing: (ring?: Ring) => void;
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly onBug: (error: unknown) => void;
}

/**
 * The place of this machine in a fleet: alone, a coordinator that others join, or one that has joined another. It is kept in the
 * database, and comes into force with {@link start}; before that it can be changed and looked at, and nothing listens.
 */
export class FleetDesk {
  /** Whom the agent of this machine works for. */
  readonly fleet: FleetContract = {
    beat: (beat) => (this.#joined === undefined ? this.#parts.own.fleet.beat(beat) : this.#beatThere(beat)),
    alarm: (alarm) =>
      (this.#joined === undefined ? this.#parts.own.fleet : this.#uplink?.fleet)?.alarm?.(alarm),
  };
  readonly #parts: FleetDeskParts;
  readonly #members: Members;
  readonly #memberKeys: MemberKeys;
  readonly #serial = createSerial();
  readonly #closing = new AbortController();
  #started = false;
  #listener: KeptListener | undefined;
  #joined: KeptJoined | undefined;
  #identity: ServerIdentity | undefined;
  #ownKey: SigningKey | undefined;
  #hub: Hub | undefined;
  #listenerProblem: Problem | undefined;
  #uplink: Uplink | undefined;
  #words = '';

  static async open(parts: FleetDeskParts): Promise<FleetDesk> {
    const { store, keys, now } = parts;
    const desk = new FleetDesk(parts, await Members.load({ store, keys, now }));
    const role = await readRole(store);
    desk.#listener = role.listener;
    desk.#joined = role.joined;
    return desk;
  }

  private constructor(parts: FleetDeskParts, members: Members) {
    this.#parts = parts;
    this.#members = members;
    this.#memberKeys = memberKeys(parts.files.memberKeyFile, parts.keys);
  }

  /** Listens, or connects, as the machine's place wants it. That it cannot is no failure here: {@link state} tells it. */
  start(): Promise<void> {
    return this.#serial.run(async () => {
      this.#started = true;
      if (this.#joined !== undefined) await this.#connect();
      else if (this.#listener !== undefined) {
        const opened = await this.#listen();
        if (!opened.ok) void this.#listenLater();
      }
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#serial.run(async () => {
      await this.#hub?.close();
      await this.#uplink?.close();
    });
  }

  /** Lets the machines of the fleet beat at once, or one of them, which hears at the same time what cannot wait for that. */
  ring(machine?: string, ring?: Ring): void {
    this.#hub?.ring(machine, ring);
  }

  /** Whether the tasks that count are those of another machine. */
  get hasJoined(): boolean {
    return this.#joined !== undefined;
  }

  /** The way to the console of the coordinator that was joined; undefined while there is no connection. */
  get channel(): ConsoleChannel | undefined {
    return this.#uplink?.channel;
  }

  async state(): Promise<FleetState> {
    const { machine, name } = this.#parts;
    const base = { machine, name, listener: null, joined: null };
    if (this.#joined !== undefined) {
      const { place, name: coordinator } = this.#joined;
      const problem = plain(this.#uplink?.problem);
      const state = this.#uplink?.state ?? 'connecting';
      return {
        ...base,
        role: 'joined',
        joined: { ...place, coordinator, state, problem, words: await this.#ownWords(this.#joined) },
      };
    }
    if (this.#listener === undefined) return { ...base, role: 'alone' };
    const identity = await this.#server();
    return {
      ...base,
      role: 'coordinator',
      listener: {
        host: this.#listener.host,
        addresses: this.#addresses(this.#listener),
        port: this.#hub?.port ?? this.#listener.port,
        fingerprint: identity.ok ? fingerprintOfPem(identity.value.certificate) : '',
        listening: this.#hub !== undefined,
        problem: plain(identity.ok ? this.#listenerProblem : identity.problem),
      },
    };
  }

  async machines(): Promise<FleetMachine[]> {
    const about = await this.#about();
    const connected = this.#hub?.connected() ?? new Set<string>();
    return this.#members.list().map((member) => this.#machine(member, about, connected));
  }

  /** See contract/fleet-admin.ts, here and below. */
  promote(wish: {
    readonly host?: string | undefined;
    readonly port?: number | undefined;
    readonly addresses?: readonly string[] | undefined;
  }): Promise<Result<FleetState>> {
    return this.#serial.run(async () => {
      if (this.#joined !== undefined) return this.#otherRole('it has joined the fleet of another machine');
      const identity = await this.#server();
      if (!identity.ok) return identity;
      const before = this.#listener;
      const listener: KeptListener = {
        host: wish.host ?? before?.host ?? null,
        port: wish.port ?? before?.port ?? FLEET_PORT,
        addresses: [...(wish.addresses ?? before?.addresses ?? [])],
      };
      await this.#hub?.close();
      this.#hub = undefined;
      this.#listener = listener;
      const opened = this.#started ? await this.#listen() : ok(undefined);
      if (!opened.ok) {
        this.#listener = before;
        if (before !== undefined && !(await this.#listen()).ok) void this.#listenLater();
        return opened;
      }
      await keepListener(this.#parts.store, this.#listener);
      await this.#tell({ kind: 'promoted', port: this.#listener.port });
      return ok(await this.state());
    });
  }

  demote(force: boolean): Promise<Result<FleetState>> {
    return this.#serial.run(async () => {
      if (this.#listener === undefined) return this.#otherRole('it is no coordinator of other machines');
      const members = this.#members.list().filter(({ state }) => state === 'member');
      if (!force && members.length > 0)
        return this.#otherRole(`machines have joined it: ${members.map(({ name }) => name).join(', ')}`);
      const { store, files, keys } = this.#parts;
      await keepListener(store, undefined);
      this.#listener = undefined;
      this.#listenerProblem = undefined;
      await this.#hub?.close();
      this.#hub = undefined;
      await store.clearInvitations();
      for (const { machine } of this.#members.list()) await this.#members.leave(machine);
      await removeServerFile(files.serverFile, keys);
      this.#identity = undefined;
      await this.#tell({ kind: 'demoted' });
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
    return this.#judge(this.#members.accept(machine));
  }

  revoke(machine: string): Promise<Result<FleetMachine>> {
    return this.#judge(this.#members.revoke(machine));
  }

  join(text: string): Promise<Result<FleetState>> {
    return this.#serial.run(async () => {
      if (this.#listener !== undefined) return this.#otherRole('it is a coordinator itself: demote it first');
      if (this.#joined !== undefined)
        return this.#otherRole(`it has joined the fleet of ${this.#joined.name}: leave it first`);
      if (this.#parts.own.isWorking())
        return failed('wrong-state', { detail: 'a run of its own is under way: pause or stop it first' });
      const invitation = readInvitation(text);
      if (!invitation.ok) return invitation;
      const { addresses, port, fingerprint } = invitation.value;
      const line = await dial({ addresses, port, fingerprint }, this.#closing.signal);
      if (!line.ok) return line;
      const key = await this.#memberKeys.renew();
      if (!key.ok) return key;
      const { machine, name } = this.#parts;
      const met = await introduce(
        line.value,
        { machine, name, key: key.value },
        { fingerprint, protocols: [...dialects.keys()], invitation: invitation.value },
      );
      line.value.socket.close(1000);
      if (!met.ok) return met;
      const { reception } = met.value;
      if (reception.kind === 'moved')
        return failed('invitation-unusable', { detail: 'the coordinator moved' });
      const answered = line.value.address;
      this.#joined = {
        // What answered comes first from now on.
        place: { port, fingerprint, addresses: [answered, ...addresses.filter((one) => one !== answered)] },
        key: reception.key,
        name: reception.name,
      };
      this.#words = '';
      await keepJoined(this.#parts.store, this.#joined);
      await this.#tell({ kind: 'fleet-joined', coordinator: reception.name });
      if (this.#started) await this.#connect();
      return ok(await this.state());
    });
  }

  leave(): Promise<Result<FleetState>> {
    return this.#serial.run(async () => {
      if (this.#joined === undefined) return this.#otherRole('it has joined nobody');
      const { name } = this.#joined;
      this.#uplink?.leave();
      await this.#uplink?.close();
      this.#uplink = undefined;
      this.#joined = undefined;
      await keepJoined(this.#parts.store, undefined);
      await this.#memberKeys.remove();
      await this.#tell({ kind: 'fleet-left', coordinator: name });
      this.#parts.onRing();
      return ok(await this.state());
    });
  }

  rekey(): Promise<Result<FleetState>> {
    return this.#serial.run(async () => {
      if (this.#joined === undefined) return this.#otherRole('it has joined nobody');
      if (this.#uplink === undefined) return failed('coordinator-away');
      const done = await this.#uplink.rekey((pem) => this.#memberKeys.add(pem));
      this.#words = '';
      return done.ok ? ok(await this.state()) : done;
    });
  }

  async #listen(): Promise<Result<void>> {
    const [identity, own] = [await this.#server(), await this.#signingKey()];
    if (!identity.ok) return identity;
    if (!own.ok) return own;
    const { name, now, onBug, serveConsole } = this.#parts;
    const kept = this.#listener;
    if (kept === undefined) return ok(undefined);
    const opened = await openHub({
      members: this.#members,
      identity: identity.value,
      host: kept.host ?? undefined,
      port: kept.port,
      self: { name, key: own.value.publicKey },
      fleet: this.#parts.own.fleet,
      onGone: (machine) => this.#parts.own.gone(machine),
      ...{ serveConsole, now, onBug },
    });
    this.#listenerProblem = opened.ok ? undefined : opened.problem;
    if (!opened.ok) return opened;
    this.#hub = opened.value;
    // A port that was free by chance stays the same: machines remember it.
    if (kept.port !== opened.value.port) {
      this.#listener = { ...kept, port: opened.value.port };
      await keepListener(this.#parts.store, this.#listener);
    }
    return ok(undefined);
  }

  /** Tries until it listens, or nothing is to listen any more. */
  async #listenLater(): Promise<void> {
    const { signal } = this.#closing;
    await this.#parts.sleep(LISTEN_AGAIN_MS, signal);
    const done = await this.#serial.run(
      async () =>
        signal.aborted ||
        this.#listener === undefined ||
        this.#hub !== undefined ||
        (await this.#listen()).ok,
    );
    if (!done) void this.#listenLater();
  }

  async #connect(): Promise<void> {
    const keys = await this.#memberKeys.read();
    const kept = this.#joined;
    if (!keys.ok || kept === undefined) return;
    const { machine, name, onRing, now, random, sleep, onBug, store } = this.#parts;
    this.#uplink = new Uplink({
      ...{ machine, name, onRing, now, random, sleep, onBug },
      keys: keys.value,
      place: kept.place,
      coordinator: kept.key,
      onMoved: async ({ place, key }) => {
        this.#joined = { ...kept, place, key };
        this.#words = '';
        await keepJoined(store, this.#joined);
      },
      onKey: async (key) => {
        const settled = await this.#memberKeys.settle(key);
        if (!settled.ok) onBug(new Error(`the key is not kept: ${settled.problem.detail}`));
      },
    });
  }

  async #beatThere(beat: Parameters<FleetContract['beat']>[0]): ReturnType<FleetContract['beat']> {
    return this.#uplink === undefined ? failed('coordinator-away') : this.#uplink.fleet.beat(beat);
  }

  async #judge(judged: Promise<Result<MemberRecord>>): Promise<Result<FleetMachine>> {
    const member = await judged;
    if (!member.ok) return member;
    this.#hub?.judged(member.value);
    const connected = this.#hub?.connected() ?? new Set<string>();
    return ok(this.#machine(member.value, await this.#about(), connected));
  }

  #machine(
    { machine, name, state, key, pairedAt }: MemberRecord,
    about: { readonly fingerprint: string; readonly key: string },
    connected: ReadonlySet<string>,
  ): FleetMachine {
    return {
      ...{ machine, name, state, pairedAt },
      connected: connected.has(machine),
      words: wordsOf(about.fingerprint, about.key, key),
      lastSeen: this.#parts.own.lastSeen(machine),
    };
  }

  async #about(): Promise<{ readonly fingerprint: string; readonly key: string }> {
    if (this.#listener === undefined) return { fingerprint: '', key: '' };
    const [identity, own] = [await this.#server(), await this.#signingKey()];
    return {
      fingerprint: identity.ok ? fingerprintOfPem(identity.value.certificate) : '',
      key: own.ok ? own.value.publicKey : '',
    };
  }

  async #ownWords({ place, key }: KeptJoined): Promise<string> {
    if (this.#words !== '') return this.#words;
    const keys = await this.#memberKeys.read();
    const [own] = keys.ok ? keys.value : [];
    if (own !== undefined) this.#words = wordsOf(place.fingerprint, key, own.publicKey);
    return this.#words;
  }

  async #server(): Promise<Result<ServerIdentity>> {
    if (this.#identity !== undefined) return ok(this.#identity);
    const { files, keys, now } = this.#parts;
    const opened = await openServerFile(files.serverFile, keys, now());
    if (opened.ok) this.#identity = opened.value;
    return opened;
  }

  async #signingKey(): Promise<Result<SigningKey>> {
    if (this.#ownKey !== undefined) return ok(this.#ownKey);
    const opened = await this.#parts.signingKey();
    if (opened.ok) this.#ownKey = opened.value;
    return opened;
  }

  #addresses({ host, addresses }: KeptListener): string[] {
    if (host !== null && host !== '0.0.0.0' && host !== '::') return [...new Set([...addresses, host])];
    return ownAddresses(addresses, hostname(), networkInterfaces());
  }

  async #tell(facts: EventFacts): Promise<void> {
    await this.#parts.store.addEvent({
      at: this.#parts.now(),
      task: null,
      actor: 'you',
      facts,
      problem: null,
    });
  }

  #otherRole(detail: string): Result<never> {
    return failed('fleet-role', { where: this.#parts.name, detail });
  }
}

function plain(problem: Problem | undefined): NonNullable<FleetState['joined']>['problem'] {
  if (problem === undefined) return null;
  const { code, where, detail } = problem;
  return { code, ...(where === undefined ? {} : { where }), ...(detail === undefined ? {} : { detail }) };
}
