import { hostname, networkInterfaces } from 'node:os';
import type { Ring } from '../../../src-shared/contract/budget.ts';
import type { FleetState } from '../../../src-shared/contract/fleet-admin.ts';
import { ok, type Problem, type Result } from '../../../src-shared/model/problem.ts';
import type { Serial } from '../../basics/serial.ts';
import type { MemberRecord } from '../../store/fleet-store.ts';
import type { SigningKey } from '../../store/signing-key.ts';
import { fingerprintOfPem, type ServerIdentity } from '../wire/certificate.ts';
import { type Hub, openHub } from '../wire/hub.ts';
import type { Members } from '../wire/members.ts';
import { type FleetDeskParts, plain } from './desk-parts.ts';
import { type KeptListener, keepListener } from './kept-role.ts';
import { ownAddresses } from './own-addresses.ts';
import { openServerFile, removeServerFile } from './server-file.ts';

/** A listener that cannot be opened (a port that the process before still has) is tried again. */
const LISTEN_AGAIN_MS = 2_000;

/** By what machines know a coordinator; both empty where there is none, or where they cannot be read. */
export interface ShownIdentity {
  readonly fingerprint: string;
  readonly key: string;
}

/** The door of a coordinator: where it listens, with which certificate, and who is connected there. Orders come one at a time. */
export class Listening {
  readonly #parts: FleetDeskParts;
  readonly #members: Members;
  /** What takes the orders one at a time; a listener that is tried again waits for its turn there. */
  readonly #serial: Serial;
  readonly #closing: AbortSignal;
  #kept: KeptListener | undefined;
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
    kept: KeptListener | undefined,
  ) {
    this.#parts = parts;
    this.#members = members;
    this.#serial = serial;
    this.#closing = closing;
    this.#kept = kept;
  }

  /** Where it is to listen; undefined for a machine that is no coordinator of others. */
  get kept(): KeptListener | undefined {
    return this.#kept;
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
      await keepListener(this.#parts.store, this.#kept);
      return opened;
    }
    this.#kept = before;
    if (before !== undefined && !(await this.#open()).ok) void this.#openLater();
    return opened;
  }

  /** Listens no more, and forgets the certificate. */
  async forget(): Promise<void> {
    const { store, files, keys } = this.#parts;
    await keepListener(store, undefined);
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
    const [identity, own] = [await this.#server(), await this.#signingKey()];
    if (!identity.ok) return identity;
    if (!own.ok) return own;
    const { name, now, onBug, serveConsole } = this.#parts;
    const kept = this.#kept;
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
    this.#problem = opened.ok ? undefined : opened.problem;
    if (!opened.ok) return opened;
    this.#hub = opened.value;
    // A port that was free by chance stays the same: machines remember it.
    if (kept.port !== opened.value.port) {
      this.#kept = { ...kept, port: opened.value.port };
      await keepListener(this.#parts.store, this.#kept);
    }
    return ok(undefined);
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
