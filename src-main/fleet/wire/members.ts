import { createHash, createSecretKey, randomBytes } from 'node:crypto';
import type { EventFacts } from '../../../src-shared/contract/event-facts.ts';
import type { Introduction, Refusal } from '../../../src-shared/contract/wire.ts';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import { pairingWords } from '../../../src-shared/rules/pairing-words.ts';
import type { FleetStore, MemberRecord } from '../../store/fleet-store.ts';
import { type KeyKeeper, seal, unseal } from '../../store/secrets.ts';
import { bytesOf, isSame, isSigned, macOf, type Transcript } from './proofs.ts';

type Pairing = Extract<Introduction, { kind: 'pair' }>;
type SignIn = Extract<Introduction, { kind: 'sign-in' }>;

/** What both ends know of a connection, without who is at the other end. */
export type Meeting = Omit<Transcript, 'what' | 'machine' | 'key'>;

/** What came of an introduction. `nuisance`: it proved nothing, and is counted against its address. */
export type Judged =
  | { readonly member: MemberRecord }
  | { readonly refusal: Refusal; readonly nuisance: boolean };

export interface MembersParts {
  readonly store: FleetStore;
  /** What invitations are sealed with. */
  readonly keys: KeyKeeper;
  readonly now: () => number;
}

/** Machines that joined or want to, and the invitations by which they come. All of it is in the store. */
export class Members {
  readonly #parts: MembersParts;
  readonly #members = new Map<string, MemberRecord>();

  static async load(parts: MembersParts): Promise<Members> {
    const members = new Members(parts);
    await members.reload();
    return members;
  }

  private constructor(parts: MembersParts) {
    this.#parts = parts;
  }

  /** Reads them again: the store has those of another coordinator by now. */
  async reload(): Promise<void> {
    this.#members.clear();
    for (const member of await this.#parts.store.members()) this.#members.set(member.machine, member);
  }

  list(): MemberRecord[] {
    return [...this.#members.values()];
  }

  get(machine: string): MemberRecord | undefined {
    return this.#members.get(machine);
  }

  /** Codes: store-unusable (no key to seal it with). @param minutes for how long it is good */
  async invite(
    minutes: number,
    accepts: boolean,
  ): Promise<Result<{ readonly id: string; readonly secret: string; readonly expiresAt: number }>> {
    const key = await this.#parts.keys.key();
    if (!key.ok) return key;
    const id = randomBytes(6).toString('base64url');
    const secret = randomBytes(16).toString('base64url');
    const now = this.#parts.now();
    const expiresAt = now + minutes * 60_000;
    const sealed = seal(createSecretKey(key.value), secret, aboutInvitation(id));
    await this.#parts.store.addInvitation({ id, secret: sealed, expiresAt, accepts }, now);
    await this.tell({ kind: 'machine-invited', until: expiresAt, accepts });
    return ok({ id, secret, expiresAt });
  }

  /** Judges whoever comes with an invitation. Only who has proved the secret hears why it is good no more. */
  async pair(given: Pairing, meeting: Meeting): Promise<Judged> {
    const invitation = await this.#parts.store.invitation(given.invitation);
    const secret = invitation && (await this.#unseal(invitation));
    const transcript: Transcript = { ...meeting, what: 'pair', machine: given.machine, key: given.key };
    // Judged in any case, so that the time does not tell which invitations there are.
    const proved = isSame(macOf(secret ?? randomBytes(16).toString('base64url'), transcript), given.proof);
    const signed = isSigned(given.key, bytesOf(transcript), given.signature);
    if (invitation === undefined || secret === undefined || !proved || !signed)
      return { refusal: 'invitation-unusable', nuisance: true };
    const known = this.#members.get(given.machine);
    // The answer was lost, and it asks again.
    if (invitation.usedKey === given.key && known?.key === given.key) return { member: known };
    if (invitation.usedKey !== null) return { refusal: 'invitation-used', nuisance: true };
    if (this.#parts.now() >= invitation.expiresAt) return { refusal: 'invitation-expired', nuisance: true };
    // Whoever has an invitation must not put itself in the place of another machine.
    if (known?.state === 'member') return { refusal: 'machine-known', nuisance: false };
    const member: MemberRecord = {
      machine: given.machine,
      name: given.name,
      key: given.key,
      state: invitation.accepts ? 'member' : 'pending',
      pairedAt: this.#parts.now(),
    };
    if (!(await this.#parts.store.spendInvitation(invitation.id, member)))
      return { refusal: 'invitation-used', nuisance: true };
    this.#members.set(member.machine, member);
    await this.tell({ kind: 'machine-paired', machine: member.name, accepted: invitation.accepts });
    return { member };
  }

  /** Judges whoever comes with a key. */
  async signIn(given: SignIn, meeting: Meeting): Promise<Judged> {
    const member = this.#members.get(given.machine);
    if (member === undefined) return { refusal: 'wire-refused', nuisance: true };
    const transcript: Transcript = { ...meeting, what: 'sign-in', machine: given.machine, key: member.key };
    if (!isSigned(member.key, bytesOf(transcript), given.signature))
      return { refusal: 'wire-refused', nuisance: true };
    if (member.state === 'revoked') return { refusal: 'machine-revoked', nuisance: false };
    if (member.name === given.name) return { member };
    return { member: await this.#save({ ...member, name: given.name }) };
  }

  /** Another key, proved by itself over a connection that the old one opened. */
  async rekey(machine: string, key: string, signature: string, meeting: Meeting): Promise<boolean> {
    const member = this.#members.get(machine);
    const transcript: Transcript = { ...meeting, what: 'rekey', machine, key };
    if (member?.state !== 'member' || !isSigned(key, bytesOf(transcript), signature)) return false;
    await this.#save({ ...member, key });
    await this.tell({ kind: 'machine-rekeyed', machine: member.name });
    return true;
  }

  /** Code: machine-unknown. Also for a machine that was sent away: it may come back. */
  async accept(machine: string): Promise<Result<MemberRecord>> {
    const member = this.#members.get(machine);
    if (member === undefined) return failed('machine-unknown', { where: machine });
    if (member.state === 'member') return ok(member);
    const accepted = await this.#save({ ...member, state: 'member' });
    await this.tell({ kind: 'machine-accepted', machine: member.name });
    return ok(accepted);
  }

  /** Code: machine-unknown. */
  async revoke(machine: string): Promise<Result<MemberRecord>> {
    const member = this.#members.get(machine);
    if (member === undefined) return failed('machine-unknown', { where: machine });
    if (member.state === 'revoked') return ok(member);
    const revoked = await this.#save({ ...member, state: 'revoked' });
    await this.tell({ kind: 'machine-revoked', machine: member.name });
    return ok(revoked);
  }

  /** It went by itself: its key is forgotten. */
  async leave(machine: string): Promise<void> {
    const member = this.#members.get(machine);
    if (member === undefined) return;
    await this.#parts.store.removeMember(machine);
    this.#members.delete(machine);
    await this.tell({ kind: 'machine-left', machine: member.name });
  }

  async tell(facts: EventFacts): Promise<void> {
    const at = this.#parts.now();
    await this.#parts.store.addEvent({ at, task: null, actor: 'coordinator', facts, problem: null });
  }

  async #save(member: MemberRecord): Promise<MemberRecord> {
    await this.#parts.store.saveMember(member);
    this.#members.set(member.machine, member);
    return member;
  }

  /** Undefined for one that was sealed by another machine: the database was moved, and its invitations lead to where it was. */
  async #unseal(invitation: { id: string; secret: Uint8Array }): Promise<string | undefined> {
    const key = await this.#parts.keys.key();
    if (!key.ok) return undefined;
    return unseal(createSecretKey(key.value), invitation.secret, aboutInvitation(invitation.id));
  }
}

/** The words that a machine and its coordinator both show: of the certificate and of both keys. */
export function wordsOf(fingerprint: string, coordinator: string, machine: string): string {
  const bytes = ['convoy words', fingerprint, coordinator, machine].join(' ');
  return pairingWords(createHash('sha256').update(bytes).digest());
}

function aboutInvitation(id: string): string {
  return `invitation ${id}`;
}
