import { hostname, networkInterfaces } from 'node:os';
import type { Ring } from '../../../src-shared/contract/budget.ts';
import type { FleetState } from '../../../src-shared/contract/fleet-admin.ts';
import type { FromHeir, ToHeir } from '../../../src-shared/contract/hand-over.ts';
import type { ListenWish } from '../../../src-shared/contract/listen-wish.ts';
import type { Moved } from '../../../src-shared/contract/wire.ts';
import type { Place } from '../../../src-shared/contract/wire-parts.ts';
import { failed, ok, type Problem, type Result } from '../../../src-shared/model/problem.ts';
import type { Serial } from '../../basics/serial.ts';
import type { MemberRecord } from '../../store/fleet-store.ts';
import type { SigningKey } from '../../store/signing-key.ts';
import { fingerprintOfPem, type ServerIdentity } from '../wire/certificate.ts';
import type { Conversation } from '../wire/conversation.ts';
import { type Hub, openHub } from '../wire/hub.ts';
import type { Members } from '../wire/members.ts';
import { type FleetDeskParts, plain } from './desk-parts.ts';
import { type KeptListener, type KeptRole, keepRole } from './kept-role.ts';
import { ownAddresses } from './own-addresses.ts';
import { openServerFile, removeServerFile } from './server-file.ts';

/** The port of a coordinator, unless another one is named. */
const FLEET_PORT = 7_443;
/** A listener that cannot be opened (a port that the process before still has) is tried again. */
const LISTEN_AGAIN_MS = 2_000;

/** By what machines know a coordinator; both empty where there is none, or where they cannot be read. */
export interface ShownIdentity {
  readonly fingerprint: string;
  readonly key: string;
}

/** Where a machine is to listen. @param before where it does, for what is not said */
export function listenerOf(wish: ListenWish, before: KeptListener | undefined): KeptListener {
  return {
    host: wish.host ?? before?.host ?? null,
    port: wish.port ?? before?.port ?? FLEET_PORT,
    addresses: [...(wish.addresses ?? before?.addresses ?? [])],
  };
}

/** The door of a coordinator: where it listens, with which certificate, and who is connected there. Orders come one at a time. */
export class Listening {
  readonly #parts: FleetDeskParts;
  readonly #members: Members;
  /** What takes the orders one at a time; a listener that is tried again waits for its turn there. */
  readonly #serial: Serial;
  readonly #closing: AbortSignal;
  #kept: KeptListener | undefined;
  /** Set where the coordinator is elsewhere by now: whoever comes hears that. */
  #moved: Moved | undefined;
  /** False while it is not known whether this machine is the coordinator. */
  #receives = true;
  #started = false;
  #identity: ServerIdentity | undefined;
  #ownKey: SigningKey | undefined;
  #hub: Hub | undefined;
  #problem: Problem | undefined;

  constructor(
    parts: FleetDeskParts,
    members: Members,
    serial: Serial,
    closing: AbortSignal,
    role: Pick<KeptRole, 'listener' | 'moved'>,
  ) {
    this.#parts = parts;
    this.#members = members;
    this.#serial = serial;
    this.#closing = closing;
    this.#kept = role.listener;
    this.#moved = role.moved;
  }

  /** Where it is to listen; undefined for a machine that is no coordinator of others. */
  get kept(): KeptListener | undefined {
    return this.#kept;
  }

  /** What everybody hears who comes to a former coordinator; undefined for another machine. */
  get moved(): Moved | undefined {
    return this.#moved;
  }

  connected(): ReadonlySet<string> {
    return this.#hub?.connected() ?? new Set<string>();
  }

  ring(machine?: string, ring?: Ring): void {
    this.#hub?.ring(machine, ring);
  }

  judged(member: MemberRecord): void {
    this.#hub?.judged(member);
  }

  /** Speaks with a machine about handing the fleet over; undefined for one that is not connected. */
  converse(machine: string): Conversation<ToHeir, FromHeir> | undefined {
    return this.#hub?.converse(machine);
  }

  /** Lets nobody in and changes nothing about machines, until {@link letIn}. Connections stay. */
  hold(): void {
    this.#receives = false;
  }

  letIn(): void {
    this.#receives = true;
  }

  /** Tells everybody who is here, and everybody who comes, where the coordinator is from now on. That is to be kept already. */
  tellMoved(moved: Moved): void {
    this.#moved = moved;
    this.#receives = true;
    this.#hub?.tellMoved(moved);
  }

  /**
   * Opens the door that this machine would have as the coordinator, and lets nobody in yet. Where it tells of a move already it stays where it is:
   * machines that have not heard of that look for it there. Codes: listener-unable, store-unusable.
   */
  async prepare(
    wish: ListenWish,
  ): Promise<Result<{ readonly listener: KeptListener; readonly place: Place }>> {
    const before = this.#kept;
    const meant =
      before === undefined ? listenerOf(wish, before) : listenerOf({ addresses: wish.addresses }, before);
    if (this.#hub === undefined) {
      this.#receives = false;
      const opened = await this.#openHub(meant);
      if (!opened.ok) return opened;
      this.#hub = opened.value;
    }
    const { port, fingerprint } = this.#hub;
    const listener = { ...meant, port };
    return ok({ listener, place: { addresses: this.#addresses(listener), port, fingerprint } });
  }

  /** Closes the door again that was prepared. */
  async unprepare(): Promise<void> {
    if (this.#kept === undefined) await this.close();
    this.#receives = true;
  }

  /** This machine is the coordinator from now on. That is to be kept already. */
  async takeOver(listener: KeptListener): Promise<void> {
    this.#kept = listener;
    this.#moved = undefined;
    this.#receives = true;
    if (this.#started && this.#hub === undefined && !(await this.#open()).ok) void this.#openLater();
  }

  /** It tells no more that the coordinator has moved. */
  async forgetMoved(): Promise<void> {
    this.#moved = undefined;
    await keepRole(this.#parts.store, { moved: undefined });
  }

  async start(): Promise<void> {
    this.#started = true;
    if (this.#kept === undefined) return;
    const opened = await this.#open();
    if (!opened.ok) void this.#openLater();
  }

  async close(): Promise<void> {
    await this.#hub?.close();
    this.#hub = undefined;
  }

  /** Listens as is said from now on; where that cannot be, as before. Codes: listener-unable, store-unusable. */
  async change(listener: KeptListener): Promise<Result<void>> {
    const identity = await this.#server();
    if (!identity.ok) return identity;
    const before = this.#kept;
    await this.close();
    this.#kept = listener;
    const opened = this.#started ? await this.#open() : ok(undefined);
    if (opened.ok) {
      await keepRole(this.#parts.store, { listener: this.#kept });
      return opened;
    }
    this.#kept = before;
    if (before !== undefined && !(await this.#open()).ok) void this.#openLater();
    return opened;
  }

  /** Listens no more, and forgets the certificate. */
  async forget(): Promise<void> {
    const { store, files, keys } = this.#parts;
    await keepRole(store, { listener: undefined });
    this.#kept = undefined;
    this.#problem = undefined;
    await this.close();
    await removeServerFile(files.serverFile, keys);
    this.#identity = undefined;
  }

  async state(): Promise<FleetState['listener']> {
    if (this.#kept === undefined) return null;
    const identity = await this.#server();
    return {
      host: this.#kept.host,
      addresses: this.#addresses(this.#kept),
      port: this.#hub?.port ?? this.#kept.port,
      fingerprint: identity.ok ? fingerprintOfPem(identity.value.certificate) : '',
      listening: this.#hub !== undefined,
      problem: plain(identity.ok ? this.#problem : identity.problem),
    };
  }

  async shown(): Promise<ShownIdentity> {
    if (this.#kept === undefined) return { fingerprint: '', key: '' };
    const [identity, own] = [await this.#server(), await this.#signingKey()];
    return {
      fingerprint: identity.ok ? fingerprintOfPem(identity.value.certificate) : '',
      key: own.ok ? own.value.publicKey : '',
    };
  }

  async #open(): Promise<Result<void>> {
    const kept = this.#kept;
    if (kept === undefined) return ok(undefined);
    const opened = await this.#openHub(kept);
    this.#problem = opened.ok ? undefined : opened.problem;
    if (!opened.ok) return opened;
    this.#hub = opened.value;
    // A port that was free by chance stays the same: machines remember it.
    if (kept.port !== opened.value.port) {
      this.#kept = { ...kept, port: opened.value.port };
      await keepRole(this.#parts.store, { listener: this.#kept });
    }
    return ok(undefined);
  }

  async #openHub(listener: KeptListener): Promise<Result<Hub>> {
    const [identity, own] = [await this.#server(), await this.#signingKey()];
    if (!identity.ok) return identity;
    if (!own.ok) return own;
    const { name, now, onBug, serveConsole } = this.#parts;
    const { fleet } = this.#parts.own;
    return openHub({
      members: this.#members,
      identity: identity.value,
      host: listener.host ?? undefined,
      port: listener.port,
      self: { name, key: own.value.publicKey },
      fleet: {
        // What is still under way of a machine that has just heard of the move is not for whoever is here now.
        beat: async (beat) => (this.#moved === undefined ? fleet.beat(beat) : failed('coordinator-away')),
        alarm: (alarm) => fleet.alarm?.(alarm),
      },
      onGone: (machine) => this.#parts.own.gone(machine),
      moved: () => this.#moved,
      receives: () => this.#receives,
      ...{ serveConsole, now, onBug },
    });
  }

  /** Tries until it listens, or nothing is to listen any more. */
  async #openLater(): Promise<void> {
    await this.#parts.sleep(LISTEN_AGAIN_MS, this.#closing);
    const done = await this.#serial.run(
      async () =>
        this.#closing.aborted ||
        this.#kept === undefined ||
        this.#hub !== undefined ||
        (await this.#open()).ok,
    );
    if (!done) void this.#openLater();
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
}
