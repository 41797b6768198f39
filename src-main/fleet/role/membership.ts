import type { Beat, BeatAnswer, FleetContract } from '../../../src-shared/contract/fleet.ts';
import type { FleetState } from '../../../src-shared/contract/fleet-admin.ts';
import type { FromHeir, ToHeir } from '../../../src-shared/contract/hand-over.ts';
import type { Moved } from '../../../src-shared/contract/wire.ts';
import { failed, ok, type Problem, type Result } from '../../../src-shared/model/problem.ts';
import type { SigningKey } from '../../store/signing-key.ts';
import type { ConsoleChannel } from '../wire/channel.ts';
import type { Conversation } from '../wire/conversation.ts';
import { dial } from '../wire/dial.ts';
import { dialects } from '../wire/dialects.ts';
import { introduce } from '../wire/introduce.ts';
import type { Invitation } from '../wire/invitation.ts';
import { wordsOf } from '../wire/members.ts';
import { Uplink } from '../wire/uplink.ts';
import { type FleetDeskParts, otherRole, plain } from './desk-parts.ts';
import { type KeptJoined, keepRole } from './kept-role.ts';
import { type MemberKeys, memberKeys } from './member-keys.ts';

/** What a machine that has joined does about becoming the coordinator itself; see move/taking-over.ts. */
export interface Heir {
  /** The coordinator asks whether this machine would. */
  asked(conversation: Conversation<FromHeir, ToHeir>): void;
  /** The coordinator is, and stays, the one that was joined. */
  welcomed(): Promise<void>;
  /** Whether it is this machine that the coordinator has moved to. Kept when it resolves. */
  chosen(moved: Moved): Promise<boolean>;
}

/** The fleet of another machine that this one has joined, and the way to it. Orders come one at a time. */
export class Membership {
  /** The fleet of that coordinator. */
  readonly fleet: FleetContract = {
    beat: (beat) => this.#beat(beat),
    alarm: (alarm) => this.#uplink?.fleet.alarm?.(alarm),
  };
  readonly #parts: FleetDeskParts;
  readonly #memberKeys: MemberKeys;
  readonly #closing: AbortSignal;
  readonly #heir: Heir;
  #kept: KeptJoined | undefined;
  #started = false;
  #uplink: Uplink | undefined;
  /** Why it does not even try to connect. */
  #keyProblem: Problem | undefined;
  #words = '';

  constructor(parts: FleetDeskParts, closing: AbortSignal, kept: KeptJoined | undefined, heir: Heir) {
    this.#heir = heir;
    this.#parts = parts;
    this.#closing = closing;
    this.#kept = kept;
    this.#memberKeys = memberKeys(parts.files.memberKeyFile, parts.keys);
  }

  /** The coordinator that was joined; undefined for a machine that has joined nobody. */
  get kept(): KeptJoined | undefined {
    return this.#kept;
  }

  /** The way to the console of that coordinator; undefined while there is no connection. */
  get channel(): ConsoleChannel | undefined {
    return this.#uplink?.channel;
  }

  async start(): Promise<void> {
    this.#started = true;
    await this.#connect();
  }

  async close(): Promise<void> {
    await this.#uplink?.close();
  }

  async state(): Promise<FleetState['joined']> {
    if (this.#kept === undefined) return null;
    const { place, name: coordinator } = this.#kept;
    const problem = plain(this.#uplink?.problem ?? this.#keyProblem);
    const state = this.#uplink?.state ?? 'connecting';
    return { ...place, coordinator, state, problem, words: await this.#ownWords(this.#kept) };
  }

  /** Codes: those of an invitation, store-unusable. Answers the name of the coordinator. */
  async join(invitation: Invitation): Promise<Result<string>> {
    const { addresses, port, fingerprint } = invitation;
    const line = await dial({ addresses, port, fingerprint }, this.#closing);
    if (!line.ok) return line;
    const key = await this.#memberKeys.renew();
    if (!key.ok) return key;
    const { machine, name } = this.#parts;
    const met = await introduce(
      line.value,
      { machine, name, key: key.value },
      { fingerprint, protocols: [...dialects.keys()], invitation },
    );
    line.value.socket.close(1000);
    if (!met.ok) return met;
    const { reception } = met.value;
    if (reception.kind === 'moved') return failed('invitation-unusable', { detail: 'the coordinator moved' });
    const answered = line.value.address;
    this.#kept = {
      // What answered comes first from now on.
      place: { port, fingerprint, addresses: [answered, ...addresses.filter((one) => one !== answered)] },
      key: reception.key,
      name: reception.name,
    };
    this.#words = '';
    await keepRole(this.#parts.store, { joined: this.#kept });
    return ok(reception.name);
  }

  /** Connects after {@link join}, where the machine is at work. */
  async connect(): Promise<void> {
    if (this.#started) await this.#connect();
  }

  async leave(): Promise<void> {
    this.#uplink?.leave();
    this.#kept = undefined;
    await keepRole(this.#parts.store, { joined: undefined });
    await this.end();
  }

  /** Is a machine of that fleet no more. That is to be kept by whoever calls. */
  async end(): Promise<void> {
    await this.#uplink?.close();
    this.#uplink = undefined;
    this.#keyProblem = undefined;
    this.#kept = undefined;
    this.#words = '';
    await this.#memberKeys.remove();
  }

  /** The key by which another coordinator is to know this machine, for {@link follow}. Code: store-unusable. */
  makeKey(): Promise<Result<SigningKey>> {
    return this.#memberKeys.renew();
  }

  /** That key is not needed. */
  dropKey(): Promise<void> {
    return this.#memberKeys.remove();
  }

  /** Is a machine of the fleet of another coordinator from now on. That is to be kept already. */
  async follow(joined: KeptJoined): Promise<void> {
    this.#kept = joined;
    this.#words = '';
    await this.connect();
  }

  /** Codes: fleet-role, coordinator-away. */
  async rekey(): Promise<Result<void>> {
    if (this.#kept === undefined) return otherRole(this.#parts, 'it has joined nobody');
    if (this.#uplink === undefined) return failed('coordinator-away');
    const done = await this.#uplink.rekey((pem) => this.#memberKeys.add(pem));
    this.#words = '';
    return done;
  }

  async #connect(): Promise<void> {
    const keys = await this.#memberKeys.read();
    const kept = this.#kept;
    if (kept === undefined) return;
    this.#keyProblem = keyProblemOf(keys);
    if (!keys.ok || this.#keyProblem !== undefined) return;
    const { machine, name, onRing, now, random, sleep, onBug, store } = this.#parts;
    this.#uplink = new Uplink({
      ...{ machine, name, onRing, now, random, sleep, onBug },
      keys: keys.value,
      place: kept.place,
      coordinator: kept.key,
      onMoved: async (moved) => {
        if (await this.#heir.chosen(moved)) return;
        // It has left meanwhile.
        if (this.#kept === undefined) return;
        const { place, key } = moved;
        this.#kept = { ...this.#kept, place, key };
        this.#words = '';
        await keepRole(store, { joined: this.#kept });
      },
      onWelcome: (coordinator) => {
        this.#welcomed(coordinator).catch(onBug);
      },
      onAsked: (conversation) => this.#heir.asked(conversation),
      onKey: async (key) => {
        const settled = await this.#memberKeys.settle(key);
        if (!settled.ok) onBug(new Error(`the key is not kept: ${settled.problem.detail}`));
      },
    });
  }

  /** A coordinator that has moved has another name. */
  async #welcomed(name: string): Promise<void> {
    await this.#heir.welcomed();
    if (this.#kept === undefined || this.#kept.name === name) return;
    this.#kept = { ...this.#kept, name };
    await keepRole(this.#parts.store, { joined: this.#kept });
  }

  async #beat(beat: Beat): Promise<Result<BeatAnswer>> {
    return this.#uplink === undefined ? failed('coordinator-away') : this.#uplink.fleet.beat(beat);
  }

  async #ownWords({ place, key }: KeptJoined): Promise<string> {
    if (this.#words !== '') return this.#words;
    const keys = await this.#memberKeys.read();
    const [own] = keys.ok ? keys.value : [];
    if (own !== undefined) this.#words = wordsOf(place.fingerprint, key, own.publicKey);
    return this.#words;
  }
}

/** A machine that joined has a key; without it the coordinator does not know it. */
function keyProblemOf(keys: Result<readonly SigningKey[]>): Problem | undefined {
  if (!keys.ok) return keys.problem;
  return keys.value.length === 0
    ? { code: 'wire-refused', detail: 'the key of this machine is gone' }
    : undefined;
}
